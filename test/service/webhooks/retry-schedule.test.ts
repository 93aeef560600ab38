import fc from 'fast-check';
import { retryAfterMs, retryDelay, RETRY_WINDOW_MS } from '../../../shared/service/webhooks/retry-schedule';

const NOW = new Date('2026-01-01T00:00:00Z');

describe('The delay until the next attempt', () => {
  it('grows up to an hour', () => {
    const seconds = Array.from({ length: 9 }, (_, at) => retryDelay(at + 1, 0) / 1_000);
    expect(seconds).toEqual([5, 30, 120, 300, 900, 1_800, 3_600, 3_600, 3_600]);
  });

  it('allows about thirty attempts in 24 hours', () => {
    let [time, attempts] = [0, 1];
    for (; time < RETRY_WINDOW_MS; attempts++) time += retryDelay(attempts, 1);
    expect(attempts).toBeGreaterThan(25);
    expect(attempts).toBeLessThan(35);
  });

  it('is never shorter than without chance, and at most a tenth longer', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (failures, random) => {
          const delay = retryDelay(failures, random);
          expect(delay).toBeGreaterThanOrEqual(retryDelay(failures, 0));
          expect(delay).toBeLessThanOrEqual(1.1 * retryDelay(failures, 0));
        },
      ),
    );
  });

  it.each([
    ['120', 1, 120_000],
    ['1', 1, 5_000],
    ['999999999', 1, 3_600_000],
    ['Thu, 01 Jan 2026 00:10:00 GMT', 1, 600_000],
    ['Wed, 31 Dec 2025 00:10:00 GMT', 1, 5_000],
    ['soon', 1, 5_000],
    ['-5', 1, 5_000],
  ])('respects Retry-After: %s', (header, failures, expected) => {
    expect(retryDelay(failures, 0, retryAfterMs(header, NOW))).toBe(expected);
  });
});
