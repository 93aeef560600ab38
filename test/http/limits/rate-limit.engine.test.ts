import {
  summarizeBySlot,
  sendHonoringRetryAfter,
  sendSteadily,
  type RateLimitedClient,
  type RequestResult,
} from '../../../bench/rate-limit';
import { rateLimit } from '../../../shared/http/limits/rate-limit';
import { scimErrors } from '../../../shared/http/chain/scim-errors';
import { DEFAULT_RATE_PLANS } from '../../../shared/limits/rate-plan';
import { rateKey } from '../../../shared/store/table/keys';
import { RateCounter } from '../../../shared/store/limits/rate-counter';
import type { Table } from '../../../shared/store/table/table';
import { systemTable } from '../../support/consistency/domain-data';
import { readItem, newDomainId } from '../../support/store/records';
import { apiEvent, PRINCIPAL, runMiddleware } from '../../support/requests/api-events';

/** The start of a minute. */
const MINUTE = Date.parse('2026-03-01T12:00:00.000Z');
const PER_MINUTE = 100;
const PER_SLOT = 20;

let table: Table;
let now: number;
beforeAll(async () => {
  table = await systemTable();
});
beforeEach(() => {
  now = MINUTE;
});

/**
 * Creates a client of a new domain on the standard plan. It calls only the rate limit, on the engine, with a
 * clock that moves only while the client sleeps.
 */
function newClient(domainId = newDomainId()): RateLimitedClient & { domainId: string } {
  const limit = rateLimit({
    plans: () => DEFAULT_RATE_PLANS,
    counter: () => new RateCounter(table),
    now: () => now,
    onUnavailable: (error) => {
      throw error;
    },
    onRefused: () => undefined,
  });
  const event = apiEvent({ authorizer: { ...PRINCIPAL, domainId, ratePlan: 'standard' } });
  return {
    domainId,
    sendRequest: async () => {
      const { statusCode, headers } = await runMiddleware([limit, scimErrors(() => undefined)], { ...event });
      return { status: statusCode, header: (name) => headers?.[name] as string | undefined };
    },
    now: () => now,
    sleep: (ms) => {
      now += ms;
      return Promise.resolve();
    },
  };
}

const countdown = (from: number, count: number): number[] =>
  Array.from({ length: count }, (_, at) => from - 1 - at);
const servedIn = (results: readonly RequestResult[]) => results.filter(({ status }) => status === 200);

describe('130 requests in a minute on the standard plan', () => {
  it('are limited to exactly 20 in ten seconds and 100 in the minute, and count down exactly', async () => {
    const results = await sendSteadily(newClient(), 130, 60_000);
    expect(summarizeBySlot(results).map(({ served, refused }) => [served, refused])).toEqual([
      [20, 2],
      [20, 2],
      [20, 1],
      [20, 2],
      [20, 2],
      [0, 21],
    ]);
    expect(servedIn(results).map(({ remainingInMinute }) => remainingInMinute)).toEqual(
      countdown(PER_MINUTE, PER_MINUTE),
    );
    expect(servedIn(results).map(({ remainingInSlot }) => remainingInSlot)).toEqual(
      Array.from({ length: 5 }, () => countdown(PER_SLOT, PER_SLOT)).flat(),
    );
    for (const { at, status, retryAfter, remainingInMinute } of results) {
      if (status !== 429) continue;
      const next = remainingInMinute === 0 ? MINUTE + 60_000 : Math.ceil((at + 1) / 10_000) * 10_000;
      expect(retryAfter).toBe(Math.ceil((next - at) / 1000));
    }
  });

  it('all succeed if the client honors Retry-After, with one refusal for each used-up window', async () => {
    const results = await sendHonoringRetryAfter(newClient(), 130);
    expect(summarizeBySlot(results).map(({ from, served, refused }) => [from, served, refused])).toEqual([
      [0, 20, 1],
      [10, 20, 1],
      [20, 20, 1],
      [30, 20, 1],
      [40, 20, 1],
      [60, 20, 1],
      [70, 10, 0],
    ]);
  });

  it('do not count against another domain', async () => {
    const [one, other] = [newClient(), newClient()];
    const both: RateLimitedClient = {
      ...one,
      sendRequest: async () => [await one.sendRequest(), await other.sendRequest()][0]!,
    };
    await sendSteadily(both, 110, 50_000);
    now = MINUTE + 50_000;
    expect((await one.sendRequest()).status).toBe(429);
    const fresh = await newClient().sendRequest();
    expect([fresh.status, fresh.header('x-ratelimit-remaining')]).toEqual([200, '99']);
    expect(await readItem(table, rateKey(other.domainId, MINUTE / 60_000))).toMatchObject({
      total: PER_MINUTE,
    });
  });
});

describe('a refused request', () => {
  it('does not change the counts, and does not extend the wait', async () => {
    const { domainId, sendRequest } = newClient();
    const item = () => readItem(table, rateKey(domainId, MINUTE / 60_000));
    for (let sent = 0; sent < PER_SLOT; sent++) await sendRequest();
    const before = await item();
    now += 3_500;
    for (let sent = 0; sent < 3 * PER_SLOT; sent++) {
      const response = await sendRequest();
      expect([response.status, response.header('retry-after')]).toEqual([429, '7']);
      expect(response.header('ratelimit')).toBe('"minute";r=80;t=57, "burst";r=0;t=7');
    }
    expect(await item()).toEqual(before);
    now = MINUTE + 10_000;
    const next = await sendRequest();
    expect([next.status, next.header('ratelimit')]).toEqual([200, '"minute";r=79;t=50, "burst";r=19;t=10']);
  });
});

it('40 concurrent clients never exceed the limit of ten seconds or of the minute', async () => {
  const { domainId } = newClient();
  const clients = Array.from({ length: 40 }, () => newClient(domainId));
  const served: number[] = [];
  for (let slot = 0; slot < 6; slot++) {
    now = MINUTE + slot * 10_000;
    const responses = await Promise.all(clients.map(({ sendRequest }) => sendRequest()));
    served.push(responses.filter(({ status }) => status === 200).length);
  }
  expect(served).toEqual([20, 20, 20, 20, 20, 0]);
});
