import { outboxRate, SendRate, workersFor } from '../../../shared/mail/outbox/send-rate';

/** A rate with a clock that only moves when an email waits. Returns the times of the sends. */
async function sendTimes(perSecond: number, count: number, throttledAfter?: number): Promise<number[]> {
  let clock = 0;
  const rate = new SendRate(perSecond, {
    now: () => new Date(clock),
    sleep: (ms) => Promise.resolve(void (clock += ms)),
  });
  const times: number[] = [];
  for (let sent = 0; sent < count; sent++) {
    await rate.wait();
    times.push(Math.round(clock));
    if (sent === throttledAfter) rate.throttle();
  }
  return times;
}

it('spaces sends evenly', async () => {
  expect(await sendTimes(4, 5)).toEqual([0, 250, 500, 750, 1_000]);
});

it('starts no email for a second after SES has refused one because of its rate', async () => {
  expect(await sendTimes(10, 4, 1)).toEqual([0, 100, 1_100, 1_200]);
});

it('serves concurrent callers one after the other', async () => {
  const sleeps: number[] = [];
  const rate = new SendRate(10, {
    now: () => new Date(0),
    sleep: (ms) => Promise.resolve(void sleeps.push(ms)),
  });
  await Promise.all([rate.wait(), rate.wait(), rate.wait()]);
  expect(sleeps).toEqual([100, 200]);
});

it.each([
  [1, 1],
  [2, 1],
  [14, 13],
  [100, 95],
])('leaves a part of the quota of %d to emails that are sent at once: %d', (quota, rate) => {
  expect(outboxRate(quota)).toBe(rate);
});

it('has enough workers to reach the rate, within limits', () => {
  expect([1, 13, 500].map(workersFor)).toEqual([4, 13, 50]);
});
