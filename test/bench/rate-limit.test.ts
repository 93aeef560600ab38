import {
  summarizeBySlot,
  sendHonoringRetryAfter,
  sendSteadily,
  type RateLimitedClient,
} from '../../bench/rate-limit';

/** Creates a client whose first `served` requests of each ten seconds are served. */
function clientWithLimit(served: number): RateLimitedClient & { sentAt: number[] } {
  const sentAt: number[] = [];
  let now = 120_000;
  return {
    sentAt,
    now: () => now,
    sleep: (ms) => Promise.resolve(void (now += ms)),
    sendRequest: () => {
      sentAt.push(now);
      const used = sentAt.filter((at) => Math.floor(at / 10_000) === Math.floor(now / 10_000)).length;
      const headers: Record<string, string> = {
        ratelimit: `"minute";r=50;t=1, "burst";r=${Math.max(0, served - used)};t=1`,
        ...(used > served && { 'retry-after': String(10 - (Math.floor(now / 1000) % 10)) }),
      };
      return Promise.resolve({ status: used > served ? 429 : 200, header: (name) => headers[name] });
    },
  };
}

it('a steady client sends at regular intervals, whatever the responses are', async () => {
  const client = clientWithLimit(2);
  await sendSteadily(client, 6, 12_000);
  expect(client.sentAt).toEqual([0, 2, 4, 6, 8, 10].map((second) => 120_000 + second * 1000));
});

it('an obedient client waits for Retry-After until all requests are served', async () => {
  const client = clientWithLimit(2);
  await sendHonoringRetryAfter(client, 5);
  expect(client.sentAt).toEqual([0, 0, 0, 10, 10, 10, 20].map((second) => 120_000 + second * 1000));
});

it('a summary has the served, refused, and remaining requests of each ten seconds', async () => {
  expect(summarizeBySlot(await sendSteadily(clientWithLimit(2), 6, 12_000))).toEqual([
    { from: 0, served: 2, refused: 3, remainingInMinute: 50, remainingInSlot: 0, retryAfter: [6, 2] },
    { from: 10, served: 1, refused: 0, remainingInMinute: 50, remainingInSlot: 1, retryAfter: [] },
  ]);
});
