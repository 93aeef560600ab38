import { createHmac, timingSafeEqual } from 'node:crypto';

export const SECRET_BYTES = 32;
/** The digits of base 62 that 256 bits take. */
export const SECRET_LENGTH = 43;

/** Returns the HMAC-SHA-256 of a text. */
export const hmacOf = (text: string, secret: string): Buffer =>
  createHmac('sha256', secret).update(text).digest();

/** Returns whether two values are equal. Takes the same time for all values of one length. */
export function isEqual(actual: Buffer | string, expected: Buffer | string): boolean {
  const [left, right] = [Buffer.from(actual), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
