import { expireTime, secretExpireTime } from '../../../portal/src/format/expiry';

const NOW = new Date(2026, 4, 10, 15, 30);

describe('the expiry of a key', () => {
  it('is absent for a key that never expires', () => {
    expect(expireTime('never', '', NOW)).toBeUndefined();
  });

  it('is the end of the chosen day', () => {
    expect(expireTime('day', '2026-06-30', NOW)).toBe(new Date(2026, 6, 1).toISOString());
  });

  it.each([
    ['days30', 30],
    ['days90', 90],
    ['days365', 365],
  ] as const)('of %s is the end of the day after %d days', (expiry, days) => {
    expect(expireTime(expiry, '', NOW)).toBe(new Date(2026, 4, 10 + days + 1).toISOString());
  });
});

describe('the expiry of a client secret', () => {
  it('is the default of the service for one year', () => {
    expect(secretExpireTime('years1', NOW)).toBeUndefined();
  });

  it.each([
    ['years2', 730],
    ['years3', 1095],
  ] as const)('of %s is at most %d days away', (expiry, days) => {
    const away = Date.parse(secretExpireTime(expiry, NOW) ?? '') - NOW.getTime();
    expect(away).toBeLessThanOrEqual(days * 24 * 3_600_000);
    expect(away).toBeGreaterThan((days - 2) * 24 * 3_600_000);
  });
});
