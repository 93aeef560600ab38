import { formatToken, type ScimKeyToken } from './scim-key';
import type { CurrentSecret } from './secret-versions';
import { fromBase62, toBase62 } from './base62';
import { hmacOf, isEqual, SECRET_BYTES, SECRET_LENGTH } from './secret-hash';

/*
 * An access token has the form of a SCIM key, so that clients send it in the same ways and API Gateway needs
 * one rule. Its ids are those of the domain and of the credential that it was issued for. Its secret is a
 * number of 256 bits: the time of its expiry in seconds (32 bits), and the beginning of an HMAC-SHA-256 (224
 * bits). So no token is stored.
 */

const EXPIRY_BYTES = 4;

/** The purpose and the version of the HMAC. It never equals the hash of another kind of secret. */
const PURPOSE = 'access-token-1';

/**
 * The credential that a token was issued for, and the time at which the token expires, in whole seconds since
 * the epoch.
 */
export interface AccessToken {
  readonly domainId: string;
  readonly keyId: string;
  readonly expiresAt: number;
}

/** Returns the text of a token. */
export function formatAccessToken(token: AccessToken, { issuing }: Pick<CurrentSecret, 'issuing'>): string {
  const bytes = Buffer.concat([expiryBytes(token.expiresAt), codeOf(token, issuing.text)]);
  const { domainId, keyId } = token;
  return formatToken({
    domainId,
    keyId,
    secret: toBase62(BigInt(`0x${bytes.toString('hex')}`), SECRET_LENGTH),
  });
}

/**
 * Returns the expiry of a token, in seconds since the epoch, or undefined if the service did not issue the
 * token with one of the accepted secrets. The caller compares it with the clock. Takes the same time for
 * every result.
 */
export function verifyAccessToken(
  token: ScimKeyToken,
  { accepted }: Pick<CurrentSecret, 'accepted'>,
): number | undefined {
  return accepted.map(({ text }) => verifyWith(token, text)).find((expiresAt) => expiresAt !== undefined);
}

function verifyWith({ domainId, keyId, secret: digits }: ScimKeyToken, secret: string): number | undefined {
  const hex = fromBase62(digits)
    .toString(16)
    .padStart(2 * SECRET_BYTES, '0');
  const bytes = Buffer.from(hex, 'hex').subarray(0, SECRET_BYTES);
  const expiresAt = bytes.readUInt32BE();
  const isIssued = isEqual(bytes.subarray(EXPIRY_BYTES), codeOf({ domainId, keyId, expiresAt }, secret));
  // 43 digits can be a number of more than 256 bits, whose beginning could be that of another token.
  return isIssued && hex.length === 2 * SECRET_BYTES ? expiresAt : undefined;
}

function expiryBytes(expiresAt: number): Buffer {
  const bytes = Buffer.alloc(EXPIRY_BYTES);
  bytes.writeUInt32BE(expiresAt);
  return bytes;
}

/** The ids have fixed lengths, so no two tokens give the same text. */
const codeOf = ({ domainId, keyId, expiresAt }: AccessToken, secret: string): Buffer =>
  hmacOf(`${PURPOSE}_${domainId}_${keyId}_${expiresAt}`, secret).subarray(0, SECRET_BYTES - EXPIRY_BYTES);
