import { newId } from '../../../shared/id';
import { PollProgress } from '../../../shared/service/security-events/poll-progress';
import type { SkippedEvents, WebhookState } from '../../../shared/store/webhooks/webhook-progress';

const DAY = 86_400_000;
const START = Date.parse('2026-01-01T00:00:00.000Z');

/** A polled subscription in memory, whose receiver polls on some days. */
function open() {
  const ref = { scope: 'd', subscriptionId: newId(new Date(START)) };
  const clock = { now: START };
  let state: Partial<WebhookState> = {};
  const noticed: SkippedEvents[] = [];
  const calls = { reads: 0, writes: 0 };
  const progress = () =>
    new PollProgress({
      states: {
        get: () => {
          calls.reads++;
          return Promise.resolve(state as WebhookState);
        },
      },
      lost: {
        skip: (_, __, range, now) => {
          const skipped = { ...range, at: now.toISOString() };
          state = { ...state, skipped };
          return Promise.resolve(skipped);
        },
        acknowledge: (_, acknowledgedUntil) => {
          calls.writes++;
          state = { ...state, acknowledgedUntil };
          return Promise.resolve();
        },
      },
      now: () => new Date(clock.now),
      onSkipped: (_, skipped) => noticed.push(skipped),
    });
  let current = progress();
  const at = (day: number): string => new Date(START + day * DAY).toISOString();
  return {
    calls,
    noticed,
    at,
    /** Polls on a day. `oldest` is the day of the oldest SET that is not acknowledged. */
    poll: (day: number, oldest?: number) => {
      clock.now = START + day * DAY;
      return current.note(ref, oldest === undefined ? undefined : at(oldest));
    },
    deliver: (day: number) => {
      state = { ...state, deliveredAt: at(day) };
    },
    restart: () => {
      current = progress();
    },
  };
}

it('a receiver that polls regularly loses nothing, and costs a read and a write a day at most', async () => {
  const receiver = open();
  for (let day = 0; day < 100; day += 0.1) {
    receiver.deliver(day);
    await receiver.poll(day);
  }
  expect(receiver.noticed).toEqual([]);
  expect(receiver.calls.reads).toBeLessThanOrEqual(101);
  expect(receiver.calls.writes).toBeLessThanOrEqual(100);
});

it('a receiver that does not poll for more than 30 days learns what it has lost', async () => {
  const receiver = open();
  await receiver.poll(5);
  receiver.deliver(6);
  receiver.deliver(30);
  await receiver.poll(40, 25);
  expect(receiver.noticed).toHaveLength(1);
  const [skipped] = receiver.noticed;
  expect(skipped && skipped.from <= receiver.at(5) && skipped.until >= receiver.at(10)).toBe(true);
  receiver.restart();
  for (const day of [41, 42, 50]) await receiver.poll(day);
  expect(receiver.noticed).toHaveLength(1);
});

it('a receiver that polls without acknowledging loses what expires', async () => {
  const receiver = open();
  receiver.deliver(1);
  for (let day = 1; day < 31; day++) await receiver.poll(day, 1);
  expect(receiver.noticed).toEqual([]);
  receiver.deliver(20);
  for (let day = 32; day < 35; day++) await receiver.poll(day, 20);
  expect(receiver.noticed).toHaveLength(1);
});

it('a receiver that has never polled loses what expires, and one without events loses nothing', async () => {
  const [one, other] = [open(), open()];
  one.deliver(3);
  for (const receiver of [one, other]) await receiver.poll(40);
  expect([one.noticed.length, other.noticed.length]).toEqual([1, 0]);
});
