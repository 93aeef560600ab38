import {
  summarizeBySlot,
  sendHonoringRetryAfter,
  sendSteadily,
  type RateLimitedClient,
} from '../../bench/rate-limit';

/** Serves the first `served` requests of each ten seconds. */
function clientOf(served: number): RateLimitedClient & { asked: number[] } {
  const asked: number[] = [];
  let now = 120_000;
  return {
    asked,
    now: () => now,
    sleep: (ms) => Promise.resolve(void (now += ms)),
    sendRequest: () => {
      asked.push(now);
      const used = asked.filter((at) => Math.floor(at / 10_000) === Math.floor(now / 10_000)).length;
      const headers: Record<string, string> = {
        ratelimit: `"minute";r=50;t=1, "burst";r=${Math.max(0, served - used)};t=1`,
        ...(used > served && { 'retry-after': String(10 - (Math.floor(now / 1000) % 10)) }),
      };
      return Promise.resolve({ status: used > served ? 429 : 200, header: (name) => headers[name] });
    },
  };
}

it('a steady client sends at even distances, whatever it is told', async () => {
  const client = clientOf(2);
  await sendSteadily(client, 6, 12_000);
  expect(client.asked).toEqual([0, 2, 4, 6, 8, 10].map((second) => 120_000 + second * 1000));
});

it('an obedient client waits as it is told, until all is served', async () => {
  const client = clientOf(2);
  await sendHonoringRetryAfter(client, 5);
  expect(client.asked).toEqual([0, 0, 0, 10, 10, 10, 20].map((second) => 120_000 + second * 1000));
});

it('the slots of what was told have what was served and refused, and what was left', async () => {
  expect(summarizeBySlot(await sendSteadily(clientOf(2), 6, 12_000))).toEqual([
    { from: 0, served: 2, refused: 3, remainingInMinute: 50, remainingInSlot: 0, retryAfter: [6, 2] },
    { from: 10, served: 1, refused: 0, remainingInMinute: 50, remainingInSlot: 1, retryAfter: [] },
  ]);
});
