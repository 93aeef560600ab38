import fc from 'fast-check';
import type { Middleware } from '../../../shared/http/chain/request';
import { rateLimit } from '../../../shared/http/limits/rate-limit';
import { scimErrors } from '../../../shared/http/chain/scim-errors';
import { DEFAULT_RATE_PLANS, type RatePlanName } from '../../../shared/limits/rate-plan';
import type { RateCounter, RateUse } from '../../../shared/store/limits/rate-counter';
import { parseBody, apiEvent, PRINCIPAL, runMiddleware } from '../../support/requests/api-events';

const MINUTE = Date.parse('2026-03-01T12:00:00.000Z');

interface LimitOptions {
  readonly use?: RateUse | Error;
  /** The result of the second count, if the request counts as several. */
  readonly then?: RateUse | Error;
  /** The number of requests that this one counts as. */
  readonly charged?: number;
  /** Milliseconds after the start of the minute. */
  readonly at?: number;
  readonly plan?: RatePlanName;
  readonly handle?: Parameters<typeof runMiddleware>[2];
}

async function sendLimited({ use, then, charged = 1, at = 0, plan = 'standard', handle }: LimitOptions) {
  const reported: string[] = [];
  const counted: unknown[] = [];
  const counter = {
    count: (...args: unknown[]) => {
      counted.push(args);
      const result = counted.length === 1 ? use : then;
      return result instanceof Error ? Promise.reject(result) : Promise.resolve(result);
    },
  } as unknown as RateCounter;
  const limit = rateLimit({
    plans: () => DEFAULT_RATE_PLANS,
    counter: () => counter,
    now: () => MINUTE + at,
    onUnavailable: (error) => reported.push(`unavailable: ${(error as Error).message}`),
    onRefused: () => reported.push('refused'),
  });
  const event = apiEvent({ authorizer: { ...PRINCIPAL, ratePlan: plan } });
  const several: Middleware = { before: () => limit.chargeRequests(event, charged) };
  const chain = [limit, scimErrors(() => reported.push('unknown')), several];
  const response = await runMiddleware(chain, event, handle);
  return { response, headers: response.headers ?? {}, reported, counted };
}

const rateUse = (inMinute: number, inTenSeconds: number, allowed = true): RateUse => ({
  allowed,
  inMinute,
  inTenSeconds,
});

describe('rateLimit', () => {
  it('returns the state of the limit in headers', async () => {
    const { response, headers, counted } = await sendLimited({ use: rateUse(31, 5), at: 12_300 });
    expect(response.statusCode).toBe(200);
    expect(counted).toEqual([
      ['domain-1', DEFAULT_RATE_PLANS.standard, new Date(MINUTE + 12_300), 1, 'key-1'],
    ]);
    expect(headers).toEqual({
      'ratelimit-policy': '"minute";q=100;w=60, "burst";q=20;w=10',
      ratelimit: '"minute";r=69;t=48, "burst";r=15;t=8',
      'x-ratelimit-limit': '100',
      'x-ratelimit-remaining': '69',
      'x-ratelimit-reset': '48',
    });
  });

  it('refuses with 429, Retry-After, and the state of the limit', async () => {
    const { response, headers, reported } = await sendLimited({ use: rateUse(40, 20, false), at: 23_001 });
    expect(response.statusCode).toBe(429);
    expect(parseBody(response)).toMatchObject({ status: '429' });
    expect(parseBody(response).detail).toMatch(/20 requests in 10 seconds.*Wait 7 seconds/);
    expect(headers).toMatchObject({
      'content-type': 'application/scim+json',
      'retry-after': '7',
      ratelimit: '"minute";r=60;t=37, "burst";r=0;t=7',
    });
    expect(reported).toEqual(['refused']);
  });

  it('requires a wait until the next minute if the minute is used up', async () => {
    const { headers } = await sendLimited({ use: rateUse(100, 3, false), at: 50_000 });
    expect(headers['retry-after']).toBe('10');
    expect((await sendLimited({ use: rateUse(100, 20, false), at: 0 })).headers['retry-after']).toBe('60');
  });

  it.each([
    [0, '60', '10'],
    [1, '60', '10'],
    [999, '60', '10'],
    [1_000, '59', '9'],
    [9_000, '51', '1'],
    [9_999, '51', '1'],
    [10_000, '50', '10'],
    [59_000, '1', '1'],
    [59_999, '1', '1'],
    [60_000, '60', '10'],
  ])('counts whole seconds to the next window at %i ms', async (at, minute, tenSeconds) => {
    expect((await sendLimited({ use: rateUse(100, 1, false), at })).headers['retry-after']).toBe(minute);
    expect((await sendLimited({ use: rateUse(20, 20, false), at })).headers['retry-after']).toBe(tenSeconds);
  });

  it('never returns a Retry-After that ends in the same window', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 119_999 }), fc.boolean(), async (at, isMinute) => {
        const use = isMinute ? rateUse(100, 0, false) : rateUse(20, 20, false);
        const wait = Number((await sendLimited({ use, at })).headers['retry-after']);
        const window = isMinute ? 60_000 : 10_000;
        expect(Math.floor((at + wait * 1000) / window)).toBe(Math.floor(at / window) + 1);
        expect(wait).toBeGreaterThanOrEqual(1);
      }),
      { numRuns: 200 },
    );
  });

  it('returns the state of the limit with an error, too', async () => {
    const { response, headers, reported } = await sendLimited({
      use: rateUse(1, 1),
      handle: () => {
        throw new Error('broken');
      },
    });
    expect(response.statusCode).toBe(500);
    expect(headers['x-ratelimit-remaining']).toBe('99');
    expect(reported).toEqual(['unknown']);
  });

  it('does not count requests of a domain without a limit', async () => {
    const { headers, counted } = await sendLimited({ plan: 'unmetered' });
    expect(headers).toEqual({});
    expect(counted).toEqual([]);
  });

  it('continues the request if the counter is unavailable', async () => {
    const { response, headers, reported } = await sendLimited({ use: new Error('no route') });
    expect(response.statusCode).toBe(200);
    expect(headers).toEqual({});
    expect(reported).toEqual(['unavailable: no route']);
  });
});

describe('a request that counts as several', () => {
  it('charges the additional requests before it continues, and returns the state after them', async () => {
    const { response, headers, counted } = await sendLimited({
      use: rateUse(31, 5),
      then: rateUse(40, 14),
      charged: 10,
    });
    expect(response.statusCode).toBe(200);
    expect(counted.map((args) => (args as unknown[])[3])).toEqual([1, 9]);
    expect(headers).toMatchObject({
      ratelimit: '"minute";r=60;t=60, "burst";r=6;t=10',
      'x-ratelimit-remaining': '60',
    });
  });

  it('is counted once if it counts as one', async () => {
    expect((await sendLimited({ use: rateUse(1, 1), charged: 1 })).counted).toHaveLength(1);
  });

  it.each([
    ['these ten seconds', rateUse(31, 5, false), '10', '20 requests in 10 seconds'],
    ['this minute', rateUse(95, 5, false), '60', '100 requests in 60 seconds'],
  ])('is refused if the additional requests exceed %s', async (_, then, wait, detail) => {
    const { response, headers, reported } = await sendLimited({ use: rateUse(31, 5), then, charged: 17 });
    expect(response.statusCode).toBe(429);
    expect(headers['retry-after']).toBe(wait);
    expect(parseBody(response).detail).toContain(`${detail}, and this request counts as 16 more.`);
    expect(headers['x-ratelimit-remaining']).toBe(String(100 - then.inMinute));
    expect(reported).toEqual(['refused']);
  });

  it('continues if the counter is unavailable or if the plan has no limit', async () => {
    const lost = await sendLimited({ use: rateUse(1, 1), then: new Error('no route'), charged: 5 });
    expect(lost.response.statusCode).toBe(200);
    expect(lost.reported).toEqual(['unavailable: no route']);
    expect((await sendLimited({ plan: 'unmetered', charged: 5 })).counted).toEqual([]);
  });
});
