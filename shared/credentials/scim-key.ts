import { randomBytes } from 'node:crypto';
import { checksum, CHECKSUM_LENGTH, toBase62 } from './base62';
import { hmacOf, isEqual, SECRET_BYTES, SECRET_LENGTH } from './secret-hash';
import { UUID_PATTERN } from './uuid-pattern';

/**
 * The parts of a SCIM key's token, `scim_<domainId>_<keyId>_<secret><checksum>`:
 *
 * - The IDs name the two items to read.
 * - The secret is 256 random bits.
 * - The checksum is the CRC-32 of everything before it. A secret scanner recognizes a leaked token by it, and
 *   a mistyped token is refused without a read.
 *
 * Secret and checksum are in base 62, so that a double click selects them as one word.
 */
export interface ScimKeyToken {
  readonly domainId: string;
  readonly keyId: string;
  readonly secret: string;
}

const TOKEN = new RegExp(
  `^scim_(${UUID_PATTERN})_(${UUID_PATTERN})_([0-9A-Za-z]{${SECRET_LENGTH}})([0-9A-Za-z]{${CHECKSUM_LENGTH}})$`,
);

/** Returns a new random secret: 43 characters of base 62. */
export const newSecret = (): string =>
  toBase62(BigInt(`0x${randomBytes(SECRET_BYTES).toString('hex')}`), SECRET_LENGTH);

/** Returns the token with the given parts. */
export function formatToken({ domainId, keyId, secret }: ScimKeyToken): string {
  const body = `scim_${domainId}_${keyId}_${secret}`;
  return body + checksum(body);
}

/** Returns the parts of a token, or undefined if the text is not a token or is mistyped. */
export function parseToken(token: string): ScimKeyToken | undefined {
  const [, domainId, keyId, secret, check] = TOKEN.exec(token) ?? [];
  if (!domainId || !keyId || !secret) return undefined;
  return checksum(token.slice(0, -CHECKSUM_LENGTH)) === check ? { domainId, keyId, secret } : undefined;
}

/**
 * Returns the hash of a key for storage: HMAC-SHA-256 under the deployment's pepper, in base64url. It covers
 * the IDs too, so a hash that is copied to another key or another domain matches nothing. The IDs have fixed
 * lengths, so no two keys give the same text.
 */
export const hashKey = ({ domainId, keyId, secret }: ScimKeyToken, pepper: string): string =>
  hmac(`${domainId}_${keyId}_${secret}`, pepper);

/** The form of a stored hash. `unbound` is the old form, which covers only the secret. */
export type HashForm = 'bound' | 'unbound';

/** Returns the form in which `hash` is the hash of `token`, if any. Takes the same time for every result. */
export function matchHash(token: ScimKeyToken, hash: string, pepper: string): HashForm | undefined {
  const isBound = isEqual(hashKey(token, pepper), hash);
  const isUnbound = isEqual(hmac(token.secret, pepper), hash);
  if (isBound) return 'bound';
  return isUnbound ? 'unbound' : undefined;
}

const hmac = (text: string, pepper: string): string => hmacOf(text, pepper).toString('base64url');
