import { checksum, CHECKSUM_LENGTH } from './base62';
import { hmacOf, isEqual, SECRET_LENGTH } from './secret-hash';
import { UUID_PATTERN } from './uuid-pattern';

/**
 * The parts of a client secret, `scimsecret_<credentialId>_<secret><checksum>`. It names its credential, so
 * that one read finds it. It does not have the form of a SCIM key, so it is never accepted as a bearer token.
 */
export interface ClientSecret {
  readonly keyId: string;
  readonly secret: string;
}

/** The client that a secret belongs to. */
export interface ClientId {
  readonly domainId: string;
  readonly connectionId: string;
}

const CLIENT_SECRET = new RegExp(
  `^scimsecret_(${UUID_PATTERN})_([0-9A-Za-z]{${SECRET_LENGTH}})([0-9A-Za-z]{${CHECKSUM_LENGTH}})$`,
);
const CLIENT_ID = new RegExp(`^(${UUID_PATTERN})\\.(${UUID_PATTERN})$`);

/** Returns the text of a secret. */
export function formatClientSecret({ keyId, secret }: ClientSecret): string {
  const body = `scimsecret_${keyId}_${secret}`;
  return body + checksum(body);
}

/** Returns the parts of a secret, or undefined if the text is not one or is mistyped. */
export function parseClientSecret(text: string): ClientSecret | undefined {
  const [, keyId, secret, check] = CLIENT_SECRET.exec(text) ?? [];
  if (!keyId || !secret) return undefined;
  return checksum(text.slice(0, -CHECKSUM_LENGTH)) === check ? { keyId, secret } : undefined;
}

/** Returns the OAuth client id of a connection. It has no colon, because HTTP Basic ends it at one. */
export const formatClientId = ({ domainId, connectionId }: ClientId): string => `${domainId}.${connectionId}`;

/** Returns the connection that a client id names, or undefined if the text is not a client id. */
export function parseClientId(text: string): ClientId | undefined {
  const [, domainId, connectionId] = CLIENT_ID.exec(text) ?? [];
  return domainId && connectionId ? { domainId, connectionId } : undefined;
}

/**
 * Returns the hash of a client secret for storage. It covers the client, the credential, and the purpose, so
 * a hash that is copied to another credential, or taken for that of a SCIM key, matches nothing.
 */
export const hashClientSecret = (
  { domainId, connectionId }: ClientId,
  { keyId, secret }: ClientSecret,
  pepper: string,
): string =>
  hmacOf(`client-secret_${domainId}_${connectionId}_${keyId}_${secret}`, pepper).toString('base64url');

/** Returns whether `hash` is the hash of a secret of the client. Takes the same time for every result. */
export const matchClientSecret = (
  client: ClientId,
  secret: ClientSecret,
  hash: string,
  pepper: string,
): boolean => isEqual(hashClientSecret(client, secret, pepper), hash);
