import fc from 'fast-check';
import { maxRetryAfterSeconds, rateShield } from '../../../../lib/constructs/api/rate-shield';
import { TokenBuckets } from '../../../../local/services/api-gateway/gateway/token-buckets';
import { DEFAULT_RATE_PLANS, type RateLimit } from '../../../../shared/limits/rate-plan';

const limitOf = (perMinute: number, perTenSeconds: number): RateLimit => ({
  perMinute,
  perTenSeconds,
  bulkOperationsPerRequest: 10,
});
const ratePlansWith = (limit: RateLimit) => ({ standard: limit, gallery: null, unmetered: null });

const limits = fc.record({
  perMinute: fc.integer({ min: 1, max: 60 }),
  perTenSeconds: fc.integer({ min: 1, max: 20 }),
});
const limit = limits.map(({ perMinute, perTenSeconds }) => limitOf(perMinute, perTenSeconds));

/** The milliseconds between requests: bursts, short gaps, and pauses of up to a minute. */
const pauses = fc.array(
  fc.oneof(
    { weight: 20, arbitrary: fc.constant(0) },
    { weight: 4, arbitrary: fc.integer({ min: 1, max: 900 }) },
    { weight: 2, arbitrary: fc.integer({ min: 900, max: 11_000 }) },
    { weight: 1, arbitrary: fc.integer({ min: 10_000, max: 61_000 }) },
  ),
  { minLength: 50, maxLength: 500 },
);

/** The exact limit of shared/store/limits/rate-counter.ts. */
class ExactCounter {
  private readonly used = new Map<string, number>();

  constructor(private readonly limit: RateLimit) {}

  allows(at: number): boolean {
    const [minute, slot] = this.windowsAt(at);
    return (
      (this.used.get(minute) ?? 0) < this.limit.perMinute &&
      (this.used.get(slot) ?? 0) < this.limit.perTenSeconds
    );
  }

  count(at: number): void {
    for (const window of this.windowsAt(at)) this.used.set(window, (this.used.get(window) ?? 0) + 1);
  }

  private windowsAt = (at: number) =>
    [`minute ${Math.floor(at / 60_000)}`, `slot ${Math.floor(at / 10_000)}`] as const;
}

/** Simulates the token bucket of API Gateway. `wouldPass` changes nothing. */
function simulateGateway(limit: RateLimit) {
  let now = 0;
  const { rateLimit: rate = 0, burstLimit: burst = 0 } = rateShield(limit);
  const passedAt: number[] = [];
  const passes = (times: readonly number[]): boolean => {
    const buckets = new TokenBuckets(() => now);
    try {
      for (const time of times) {
        now = time;
        buckets.take('key', { rate, burst });
      }
      return true;
    } catch {
      return false;
    }
  };
  // Refused requests take no tokens, so the state of a bucket depends only on the passed ones.
  const wouldPass = (at: number) => passes([...passedAt.slice(-3 * burst), at]);
  return {
    wouldPass,
    take: (at: number): boolean => {
      const passed = wouldPass(at);
      if (passed) passedAt.push(at);
      return passed;
    },
  };
}

const toTimes = (start: number, between: readonly number[]): number[] => {
  let at = start;
  return between.map((pause) => (at += pause));
};

describe('the token bucket in front of an exact limit', () => {
  it('refuses nothing that the limit allows', () => {
    fc.assert(
      fc.property(limit, fc.nat({ max: 59_999 }), pauses, (limit, start, between) => {
        const counter = new ExactCounter(limit);
        const { take } = simulateGateway(limit);
        for (const at of toTimes(start, between)) {
          if (!counter.allows(at)) continue;
          expect(take(at)).toBe(true);
          counter.count(at);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('passes the maximum: a full window at the end of ten seconds, and every ten seconds after that', () => {
    const limit = DEFAULT_RATE_PLANS.standard as RateLimit;
    const { take } = simulateGateway(limit);
    const times = [19_999, 20_000, 30_000, 40_000, 50_000, 60_000, 70_000, 80_000, 90_000, 100_000];
    for (const at of times) for (let sent = 0; sent < 20; sent++) expect(take(at)).toBe(true);
  });

  it('passes a refused client after the announced wait, whatever the client sent before', () => {
    fc.assert(
      fc.property(limit, fc.nat({ max: 59_999 }), pauses, (limit, start, between) => {
        const counter = new ExactCounter(limit);
        const { take, wouldPass } = simulateGateway(limit);
        const wait = maxRetryAfterSeconds(ratePlansWith(limit)) * 1000;
        for (const at of toTimes(start, between)) {
          if (take(at)) {
            if (counter.allows(at)) counter.count(at);
          } else {
            expect(wouldPass(at + wait)).toBe(true);
            expect(counter.allows(at + wait)).toBe(true);
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('maxRetryAfterSeconds', () => {
  it.each([
    ['is ten seconds if the minute is never used up', limitOf(1500, 250), 10],
    ['is ten seconds if only the last window can use up the minute', limitOf(101, 20), 10],
    ['is the rest of a minute that is used up', limitOf(100, 20), 20],
    ['is a minute if ten seconds can use it up', limitOf(50, 50), 60],
    ['is a minute if less than ten seconds can use it up', limitOf(5, 50), 60],
  ])('%s', (_, limit, seconds) => {
    expect(maxRetryAfterSeconds(ratePlansWith(limit))).toBe(seconds);
  });

  it('is the longest wait of all plans', () => {
    expect(maxRetryAfterSeconds(DEFAULT_RATE_PLANS)).toBe(20);
  });

  it('is ten seconds if no plan has a limit, because the account has one', () => {
    expect(maxRetryAfterSeconds({ standard: null, gallery: null, unmetered: null })).toBe(10);
  });
});
