import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

/**
 * A SCIM key's token is `scim_<domainId>_<keyId>_<secret><checksum>`: the ids make it two known items to look up, the
 * secret is 256 random bits, and the checksum (CRC-32 of all before it) lets a secret scanner recognise a leaked token and
 * refuses a mistyped one without a read. Secret and checksum are base 62, which no double click breaks apart.
 */
export interface ScimKeyToken {
  readonly domainId: string;
  readonly keyId: string;
  readonly secret: string;
}

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SECRET_BYTES = 32;
const SECRET_LENGTH = 43;
const CHECKSUM_LENGTH = 6;
const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const TOKEN = new RegExp(
  `^scim_(${UUID})_(${UUID})_([0-9A-Za-z]{${SECRET_LENGTH}})([0-9A-Za-z]{${CHECKSUM_LENGTH}})$`,
);

export const newSecret = (): string =>
  toBase62(BigInt(`0x${randomBytes(SECRET_BYTES).toString('hex')}`), SECRET_LENGTH);

export function formatToken({ domainId, keyId, secret }: ScimKeyToken): string {
  const body = `scim_${domainId}_${keyId}_${secret}`;
  return body + checksum(body);
}

/** Undefined for what is no token, or a mistyped one. */
export function parseToken(token: string): ScimKeyToken | undefined {
  const [, domainId, keyId, secret, check] = TOKEN.exec(token) ?? [];
  if (!domainId || !keyId || !secret) return undefined;
  return checksum(token.slice(0, -CHECKSUM_LENGTH)) === check ? { domainId, keyId, secret } : undefined;
}

/** What is stored of a secret: HMAC-SHA-256 under the deployment's pepper, base64url. */
export const hashSecret = (secret: string, pepper: string): string =>
  createHmac('sha256', pepper).update(secret).digest('base64url');

/** Whether `secret` is the one that `hash` was made of; takes the same time whatever the answer. */
export function secretMatches(secret: string, hash: string, pepper: string): boolean {
  const actual = Buffer.from(hashSecret(secret, pepper));
  const expected = Buffer.from(hash);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

const checksum = (body: string): string => toBase62(BigInt(crc32(body)), CHECKSUM_LENGTH);

function toBase62(value: bigint, length: number): string {
  let digits = '';
  for (let rest = value; digits.length < length; rest /= 62n)
    digits = BASE62.charAt(Number(rest % 62n)) + digits;
  return digits;
}
