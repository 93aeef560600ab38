/**
 * The values of the header `Authorization` that can be valid: a SCIM key, with or without the word `Bearer`.
 * Okta sends the header as an administrator typed it, which may be the key alone. API Gateway refuses all
 * others without calling the authorizer. `parseToken` also checks the checksum.
 */
export const AUTHORIZATION_PATTERN =
  '^([Bb][Ee][Aa][Rr][Ee][Rr] +)?scim_[0-9a-f-]{36}_[0-9a-f-]{36}_[0-9A-Za-z]{49}$';

/** The `detail` of the response to a wrong SCIM key. It does not tell what is wrong with the key. */
export const INVALID_KEY_DETAIL = 'Send a valid SCIM key in the header "Authorization: Bearer <SCIM key>".';

/** Returns the token in a header `Authorization`. `parseToken` tells whether it is one. */
export const tokenInHeader = (authorization: string): string => authorization.replace(/^bearer +/i, '');
