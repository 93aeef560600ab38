/**
 * The values of the header `Authorization` that can be valid: a SCIM key, with or without the word `Bearer`. Okta
 * sends the header as an administrator typed it, which may be the key alone.
 */
export const AUTHORIZATION_PATTERN = '^([Bb][Ee][Aa][Rr][Ee][Rr] +)?scim_[A-Za-z0-9_-]+$';

/** The `detail` of the response to a wrong SCIM key. It does not tell what is wrong with the key. */
export const INVALID_KEY_DETAIL = 'Send a valid SCIM key in the header "Authorization: Bearer <SCIM key>".';

/** Returns the token in a header `Authorization`. `parseToken` tells whether it is one. */
export const tokenInHeader = (authorization: string): string => authorization.replace(/^bearer +/i, '');
