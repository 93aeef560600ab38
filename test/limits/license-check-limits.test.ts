import { ENV } from '../../shared/env';
import {
  addressShare,
  readLicenseCheckCache,
  SHARE_COUNT,
  usageKeyOf,
  usageKeyPrefix,
} from '../../shared/limits/license-check-limits';

describe('readLicenseCheckCache', () => {
  afterEach(() => delete process.env[ENV.licenseCheckCache]);

  it('reads the setting of the deployment', () => {
    process.env[ENV.licenseCheckCache] = '{"active":60,"other":5}';
    expect(readLicenseCheckCache()).toEqual({ active: 60, other: 5 });
  });

  it('throws if the setting is missing', () => {
    expect(readLicenseCheckCache).toThrow('LICENSE_CHECK_CACHE is not set');
  });
});

describe('the share of an address', () => {
  const addresses = Array.from({ length: 4_096 }, (_, n) => `192.0.${n >> 8}.${n & 255}`);

  it('is always the same', () => {
    const shares = () => addresses.map((address) => addressShare(address, 'salt'));
    expect(shares()).toEqual(shares());
    expect(addressShare('2001:db8::1', 'salt')).toBe(addressShare('2001:db8::1', 'salt'));
  });

  it('depends on the salt, so that outsiders cannot find who shares an allowance', () => {
    const same = addresses.filter(
      (address) => addressShare(address, 'salt') === addressShare(address, 'other'),
    );
    expect(Math.abs(same.length - addresses.length / SHARE_COUNT)).toBeLessThan(64);
  });

  it('has about as many addresses as every other share', () => {
    const sizes = Array.from({ length: SHARE_COUNT }, () => 0);
    for (const address of addresses) sizes[addressShare(address, 'salt')]! += 1;
    for (const size of sizes) expect(Math.abs(size - addresses.length / SHARE_COUNT)).toBeLessThan(64);
  });

  it('has a unique API key with a length that API Gateway accepts', () => {
    const keys = Array.from({ length: SHARE_COUNT }, (_, share) => usageKeyOf(share, usageKeyPrefix('prod')));
    expect(new Set(keys).size).toBe(SHARE_COUNT);
    for (const key of keys) expect(key).toMatch(/^[\w-]{20,128}$/);
  });
});
