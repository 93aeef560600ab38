import { createHash } from 'node:crypto';

/** Returns a number from 0 (included) to 1 (excluded) that the parts determine. */
export function randomOf(...parts: readonly (string | number)[]): number {
  return createHash('sha256').update(JSON.stringify(parts)).digest().readUInt32BE(0) / 2 ** 32;
}
