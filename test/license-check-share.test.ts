import { SHARE_COUNT, shareOf, usageKeyOf } from '../shared/license-check-share';

const addresses = Array.from({ length: 4_096 }, (_, n) => `192.0.${n >> 8}.${n & 255}`);

describe('the share of an address', () => {
  it('is the same always', () => {
    expect(addresses.map(shareOf)).toEqual(addresses.map(shareOf));
    expect(shareOf('2001:db8::1')).toBe(shareOf('2001:db8::1'));
  });

  it('is about as large as any other', () => {
    const sizes = Array.from({ length: SHARE_COUNT }, () => 0);
    for (const address of addresses) sizes[shareOf(address)]! += 1;
    for (const size of sizes) expect(Math.abs(size - addresses.length / SHARE_COUNT)).toBeLessThan(64);
  });

  it('has an API key of its own, as long as API Gateway wants it', () => {
    const keys = Array.from({ length: SHARE_COUNT }, (_, share) => usageKeyOf(share));
    expect(new Set(keys).size).toBe(SHARE_COUNT);
    for (const key of keys) expect(key).toMatch(/^[\w-]{20,128}$/);
  });
});
