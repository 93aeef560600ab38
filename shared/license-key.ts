import { createHash, createHmac } from 'node:crypto';

/** The input of a license key. A new activation has a new key. */
export interface LicenseKeySource {
  readonly domainId: string;
  readonly userId: string;
  readonly activationId: string;
}

/** Crockford's base 32. It has no I, L, O, or U, so no character of a key can be mistaken for another. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const KEY_BYTES = 15;
const KEY_LENGTH = 25;
const GROUP = /.{5}(?=.)/g;

/**
 * Returns the license key of an activation, such as `7ZJ0K-…`, in five groups of five characters: 24
 * characters with 120 bits of HMAC-SHA-256 under the license secret, and a check character. The key is never
 * stored or logged.
 */
export function deriveLicenseKey(
  secret: string,
  { domainId, userId, activationId }: LicenseKeySource,
): string {
  const hmac = createHmac('sha256', secret);
  // Each part follows its length, so that two different sources never produce the same input.
  for (const part of ['license-key', domainId, userId, activationId]) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(Buffer.byteLength(part));
    hmac.update(length).update(part);
  }
  const symbols = toSymbols(hmac.digest().subarray(0, KEY_BYTES));
  const key = [...symbols, timesAlpha(remainder(symbols))].map((symbol) => ALPHABET[symbol]).join('');
  return formatGroups(key);
}

/** Returns a typed key in its canonical form: uppercase, five groups, 0 for O, 1 for I and L. */
export function normalizeLicenseKey(text: string): string {
  const key = text
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  return key.length === KEY_LENGTH ? formatGroups(key) : key;
}

/**
 * Returns whether `text` can be a license key, without the secret. Returns false for any one mistyped
 * character and any swap of two characters.
 */
export function isWellFormedLicenseKey(text: string): boolean {
  const key = normalizeLicenseKey(text).replaceAll('-', '');
  const symbols = [...key].map((character) => ALPHABET.indexOf(character));
  return symbols.length === KEY_LENGTH && !symbols.includes(-1) && remainder(symbols) === 0;
}

/**
 * Returns the hash under which the table stores a key: SHA-256 of its canonical form, in base64url. The hash
 * needs no secret, because nobody can try all keys of 120 random bits. So the public license check needs no
 * secret either.
 */
export const hashLicenseKey = (text: string): string =>
  createHash('sha256')
    .update(`license-key:${normalizeLicenseKey(text)}`)
    .digest('base64url');

const formatGroups = (key: string): string => key.replace(GROUP, '$&-');

/** Converts bytes to symbols of five bits, most significant first. */
function toSymbols(bytes: Uint8Array): number[] {
  let bits = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  const symbols: number[] = [];
  for (let remaining = bytes.length * 8; remaining > 0; remaining -= 5) {
    symbols.unshift(Number(bits & 31n));
    bits >>= 5n;
  }
  return symbols;
}

/**
 * Evaluates the symbols as a polynomial over GF(32) at α. The result is 0 for a complete key. The weights α^0
 * … α^24 are all different and none is 0, so one changed symbol or two swapped symbols never give 0 again.
 */
const remainder = (symbols: readonly number[]): number =>
  symbols.reduce((sum, symbol) => timesAlpha(sum) ^ symbol, 0);

/** Multiplies by α in GF(32), modulo the primitive polynomial x⁵ + x² + 1. Addition there is XOR. */
const timesAlpha = (element: number): number => (element < 16 ? element << 1 : (element << 1) ^ 0b100101);
