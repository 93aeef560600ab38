import { crc32 } from 'node:zlib';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const VALUES: Readonly<Record<string, bigint>> = Object.fromEntries(
  [...DIGITS].map((digit, value) => [digit, BigInt(value)]),
);

/** Returns a number with `length` digits of base 62. A double click selects them as one word. */
export function toBase62(value: bigint, length: number): string {
  let digits = '';
  for (let quotient = value; digits.length < length; quotient /= 62n)
    digits = DIGITS.charAt(Number(quotient % 62n)) + digits;
  return digits;
}

/** Returns the number that `toBase62` wrote. Other characters count as 0. */
export function fromBase62(digits: string): bigint {
  let value = 0n;
  for (const digit of digits) value = value * 62n + (VALUES[digit] ?? 0n);
  return value;
}

export const CHECKSUM_LENGTH = 6;

/**
 * Returns the CRC-32 of a text. A secret scanner recognizes a leaked token by it, and a mistyped token is
 * refused without a read.
 */
export const checksum = (text: string): string => toBase62(BigInt(crc32(text)), CHECKSUM_LENGTH);
