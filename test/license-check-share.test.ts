import { SHARES, shareOf, usageKeyOf } from '../shared/license-check-share';

const addresses = Array.from({ length: 4_096 }, (_, n) => `192.0.${n >> 8}.${n & 255}`);

describe('the share of an address', () => {
  it('is the same always', () => {
    expect(addresses.map(shareOf)).toEqual(addresses.map(shareOf));
    expect(shareOf('2001:db8::1')).toBe(shareOf('2001:db8::1'));
  });

  it('is about as large as any other', () => {
    const sizes = Array.from({ length: SHARES }, () => 0);
    for (const address of addresses) sizes[shareOf(address)]! += 1;
    for (const size of sizes) expect(Math.abs(size - addresses.length / SHARES)).toBeLessThan(64);
  });

  it('has an API key of its own, as long as API Gateway wants it', () => {
    const keys = Array.from({ length: SHARES }, (_, share) => usageKeyOf(share));
    expect(new Set(keys).size).toBe(SHARES);
    for (const key of keys) expect(key).toMatch(/^[\w-]{20,128}$/);
  });
});
