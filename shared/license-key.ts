import { createHash, createHmac } from 'node:crypto';

/** What a license key is derived from; a new activation gives a new key. */
export interface LicenseKeySource {
  readonly domainId: string;
  readonly userId: string;
  readonly activationId: string;
}

/** Crockford's base 32: no I, L, O or U, so that nothing in a key can be read as something else. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const KEY_BYTES = 15;
const KEY_LENGTH = 25;
const GROUP = /.{5}(?=.)/g;

/**
 * The license key of an activation, e.g. `7ZJ0K-…` in five groups of five: 120 bits of HMAC-SHA-256 under the license
 * secret, as 24 characters, and a check character. Never stored and never logged.
 */
export function deriveLicenseKey(
  secret: string,
  { domainId, userId, activationId }: LicenseKeySource,
): string {
  const hmac = createHmac('sha256', secret);
  // Lengths first, so that no two sources run together to the same input.
  for (const part of ['license-key', domainId, userId, activationId]) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(Buffer.byteLength(part));
    hmac.update(length).update(part);
  }
  const symbols = toSymbols(hmac.digest().subarray(0, KEY_BYTES));
  const key = [...symbols, timesAlpha(remainder(symbols))].map((symbol) => ALPHABET[symbol]).join('');
  return formatGroups(key);
}

/** A key as a person typed it, in the one way in which keys are written: capitals, five groups, 0 for O, 1 for I and L. */
export function normalizeLicenseKey(text: string): string {
  const key = text
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  return key.length === KEY_LENGTH ? formatGroups(key) : key;
}

/** Whether `text` can be a license key at all, without the secret: false for any one mistype or swap of two characters. */
export function isWellFormedLicenseKey(text: string): boolean {
  const key = normalizeLicenseKey(text).replaceAll('-', '');
  const symbols = [...key].map((character) => ALPHABET.indexOf(character));
  return symbols.length === KEY_LENGTH && !symbols.includes(-1) && remainder(symbols) === 0;
}

/**
 * What finds a key in the table, base64url: SHA-256 of the key as it is written. A key is 120 random bits, far more than can
 * be tried, so the hash needs no secret, and the function that anybody may ask holds none.
 */
export const hashLicenseKey = (text: string): string =>
  createHash('sha256')
    .update(`license-key:${normalizeLicenseKey(text)}`)
    .digest('base64url');

const formatGroups = (key: string): string => key.replace(GROUP, '$&-');

/** Five bits a symbol, highest first. */
function toSymbols(bytes: Uint8Array): number[] {
  let bits = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  const symbols: number[] = [];
  for (let left = bytes.length * 8; left > 0; left -= 5) {
    symbols.unshift(Number(bits & 31n));
    bits >>= 5n;
  }
  return symbols;
}

/**
 * The symbols as a polynomial over GF(32), evaluated at α; 0 for a whole key. The weights α^0 … α^24 are all different
 * and none is 0, so one changed symbol or two swapped ones, wherever they stand, cannot give 0 again.
 */
const remainder = (symbols: readonly number[]): number =>
  symbols.reduce((sum, symbol) => timesAlpha(sum) ^ symbol, 0);

/** Multiplies by α in GF(32), modulo the primitive polynomial x⁵ + x² + 1. Addition there is XOR. */
const timesAlpha = (element: number): number => (element < 16 ? element << 1 : (element << 1) ^ 0b100101);
