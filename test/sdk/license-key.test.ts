import fc from 'fast-check';
import { hashLicenseKey, normalizeLicenseKey } from '../../sdk/src/license-key.ts';
import * as service from '../../shared/license-key';

it('the client reads a license key as the service does', () => {
  const typed = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({
      unit: fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZoiluOIL -–—\u00a0'),
      minLength: 20,
      maxLength: 32,
    }),
  );
  fc.assert(
    fc.property(typed, (text) => {
      expect(normalizeLicenseKey(text)).toBe(service.normalizeLicenseKey(text));
      expect(hashLicenseKey(text)).toBe(service.hashLicenseKey(text));
    }),
  );
});
