/** The scope of all access tokens: everything that SCIM allows in a domain. */
export const SCOPE = 'scim';

/*
 * The paths of OAuth in the SCIM API, next to its root resource `v2`. The issuer is the address of the API
 * with the name of its stage, which is also the base path of a custom domain: `https://<host>/scim`.
 */

export const TOKEN_PATH = '/oauth2/token';

/** The first part of standard paths (RFC 8615). */
export const WELL_KNOWN = '.well-known';

const METADATA = 'oauth-authorization-server';

/** The path of the metadata below the issuer, for clients that append it there. */
export const METADATA_PATH = `/${WELL_KNOWN}/${METADATA}`;

/**
 * The resource of the metadata at its standard place on a custom domain (RFC 8414 §3.1), before the path of
 * the issuer: `https://<host>/.well-known/oauth-authorization-server/scim`. The base path mapping removes
 * `/.well-known`.
 */
export const STANDARD_METADATA_PATH = `/${METADATA}/scim`;
