import { createHash } from 'node:crypto';

const KEY_LENGTH = 25;
const GROUP = /.{5}(?=.)/g;

/** Returns a typed license key in its canonical form: uppercase, five groups, 0 for O, 1 for I and L. */
export function normalizeLicenseKey(text: string): string {
  const key = text
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  return key.length === KEY_LENGTH ? key.replace(GROUP, '$&-') : key;
}

/** Returns the hash of a license key by which a lease names it (`keyHash`). */
export const hashLicenseKey = (text: string): string =>
  createHash('sha256')
    .update(`license-key:${normalizeLicenseKey(text)}`)
    .digest('base64url');
