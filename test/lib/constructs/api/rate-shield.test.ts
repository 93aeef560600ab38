import fc from 'fast-check';
import { maxRetryAfterSeconds, rateShield } from '../../../../lib/constructs/api/rate-shield';
import { TokenBuckets } from '../../../../local/services/api-gateway/gateway/token-buckets';
import { DEFAULT_RATE_PLANS, type RateLimit } from '../../../../shared/rate-plan';

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

/** Milliseconds from one request to the next: bursts, moments, and pauses up to a minute. */
const pauses = fc.array(
  fc.oneof(
    { weight: 20, arbitrary: fc.constant(0) },
    { weight: 4, arbitrary: fc.integer({ min: 1, max: 900 }) },
    { weight: 2, arbitrary: fc.integer({ min: 900, max: 11_000 }) },
    { weight: 1, arbitrary: fc.integer({ min: 10_000, max: 61_000 }) },
  ),
  { minLength: 50, maxLength: 500 },
);

/** The exact limit as shared/store/limits/rate-counter.ts counts it. */
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

/** The gateway with the counter behind it. `wouldPass` changes nothing. */
function simulateGateway(limit: RateLimit) {
  let now = 0;
  const { rateLimit: rate = 0, burstLimit: burst = 0 } = rateShield(limit);
  const taken: number[] = [];
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
  // A bucket is not kept empty by what it refuses, so it is as those that it let through have left it.
  const wouldPass = (at: number) => passes([...taken.slice(-3 * burst), at]);
  return {
    wouldPass,
    take: (at: number): boolean => {
      const passed = wouldPass(at);
      if (passed) taken.push(at);
      return passed;
    },
  };
}

const toTimes = (start: number, between: readonly number[]): number[] => {
  let at = start;
  return between.map((pause) => (at += pause));
};

describe('the bucket before an exact limit', () => {
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

  it('lets the most through that the limit allows: full at the end of ten seconds, and every ten from then on', () => {
    const limit = DEFAULT_RATE_PLANS.standard as RateLimit;
    const { take } = simulateGateway(limit);
    const times = [19_999, 20_000, 30_000, 40_000, 50_000, 60_000, 70_000, 80_000, 90_000, 100_000];
    for (const at of times) for (let sent = 0; sent < 20; sent++) expect(take(at)).toBe(true);
  });

  it('has told a client that it refuses a wait after which it gets through, however it hammered before', () => {
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

describe('longestWait', () => {
  it.each([
    ['ends with the ten seconds where the minute never is full before', limitOf(1500, 250), 10],
    ['ends with the minute, which is full in its last ten seconds at the earliest', limitOf(101, 20), 10],
    ['is as long as what is left of a full minute', limitOf(100, 20), 20],
    ['is a minute where ten seconds may use it up', limitOf(50, 50), 60],
    ['is a minute where less than ten seconds use it up', limitOf(5, 50), 60],
  ])('%s', (_, limit, seconds) => {
    expect(maxRetryAfterSeconds(ratePlansWith(limit))).toBe(seconds);
  });

  it('is that of the plan with the longest', () => {
    expect(maxRetryAfterSeconds(DEFAULT_RATE_PLANS)).toBe(20);
  });

  it('is ten seconds where no plan is limited: the account is', () => {
    expect(maxRetryAfterSeconds({ standard: null, gallery: null, unmetered: null })).toBe(10);
  });
});
