import fc from 'fast-check';
import {
  MAX_SETS,
  poll,
  type Poll,
  type PollParts,
  type PollResponse,
} from '../../../shared/service/security-events/poll';
import type { DeadLetter } from '../../../shared/store/webhooks/undelivered';
import type { PendingSet } from '../../../shared/store/webhooks/pending-sets';

const REF = { scope: 'd', subscriptionId: 's' };
const HASH = 'abcdefghijklmnopqrstuv';
const jtiOf = (position: number): string => `${position}-${HASH}`;

/** The SETs of one subscription in memory. */
class Sets implements PollParts {
  pending: PendingSet[] = [];
  readonly letters: DeadLetter[] = [];
  readonly waits: number[] = [];
  readonly refused: string[] = [];
  time = Date.parse('2026-12-01T12:00:00Z');
  /** Called while a request waits. */
  whileWaiting: () => void = () => undefined;

  add(...positions: readonly number[]): this {
    for (const position of positions)
      this.pending.push({
        ...{ position, jti: jtiOf(position), jwt: `jwt-${position}`, eventId: `e-${position}` },
        ...{ type: 'user.deleted', subject: 'user/u', time: '2026-12-01T11:00:00.000Z', ttl: 2_000_000_000 },
      });
    return this;
  }

  poll(request: Poll = {}): Promise<PollResponse> {
    return poll(REF, request, this);
  }

  readonly sets: PollParts['sets'] = {
    find: (_, { position, jti }) =>
      Promise.resolve(this.pending.find((set) => set.position === position && set.jti === jti)),
    first: (_, __, limit) =>
      Promise.resolve({ sets: this.pending.slice(0, limit), more: this.pending.length > limit }),
    remove: (_, { position, jti }) => {
      this.pending = this.pending.filter((set) => set.position !== position || set.jti !== jti);
      return Promise.resolve();
    },
  };

  readonly undelivered: PollParts['undelivered'] = {
    giveUp: (_, letter) => {
      this.letters.push(letter);
      return Promise.resolve();
    },
  };

  readonly lost: PollParts['lost'] = { giveUp: () => Promise.resolve() };
  /** The times of the oldest SETs after each poll. */
  readonly oldest: (string | undefined)[] = [];
  readonly onPolled: PollParts['onPolled'] = (_, oldest) => {
    this.oldest.push(oldest);
    return Promise.resolve();
  };

  readonly now = () => new Date(this.time);

  readonly wait = (milliseconds: number) => {
    this.waits.push(milliseconds);
    this.time += milliseconds;
    this.whileWaiting();
    return Promise.resolve();
  };

  readonly onRefused: PollParts['onRefused'] = (_, { jti }, reason) => {
    this.refused.push(`${jti} ${reason}`);
  };
}

const response = (positions: readonly number[], moreAvailable = false): PollResponse => ({
  sets: Object.fromEntries(positions.map((position) => [jtiOf(position), `jwt-${position}`])),
  moreAvailable,
});

it('returns SETs again until they are acknowledged', async () => {
  const sets = new Sets().add(1, 2, 3);
  expect(await sets.poll()).toEqual(response([1, 2, 3]));
  expect(await sets.poll()).toEqual(response([1, 2, 3]));
  expect(await sets.poll({ ack: [jtiOf(1), jtiOf(3)] })).toEqual(response([2]));
  expect(await sets.poll({ ack: [jtiOf(2)], returnImmediately: true })).toEqual(response([]));
});

it('says which SET is the oldest one that is not acknowledged', async () => {
  const sets = new Sets().add(1, 2);
  await sets.poll();
  await sets.poll({ ack: [jtiOf(1), jtiOf(2)] });
  expect(sets.oldest).toEqual(['2026-12-01T11:00:00.000Z', undefined]);
});

it('returns as many as the receiver wants, the first ones first', async () => {
  const sets = new Sets().add(1, 2, 3);
  expect(await sets.poll({ maxEvents: 2 })).toEqual(response([1, 2], true));
  expect(await sets.poll({ maxEvents: 3 })).toEqual(response([1, 2, 3]));
  expect(await sets.poll({ maxEvents: 0 })).toEqual(response([], true));
  const all = Array.from({ length: MAX_SETS + 1 }, (_, index) => index + 1);
  expect(Object.keys((await new Sets().add(...all).poll({ maxEvents: 5_000 })).sets)).toHaveLength(MAX_SETS);
});

it('acknowledges without returning anything', async () => {
  const sets = new Sets().add(1);
  const request = { maxEvents: 0, ack: [jtiOf(1)], returnImmediately: true };
  expect(await sets.poll(request)).toEqual(response([]));
  expect([sets.pending, sets.waits]).toEqual([[], []]);
});

it('keeps what a receiver refuses as a dead letter with the reason, once', async () => {
  const sets = new Sets().add(1, 2);
  const setErrs = { [jtiOf(1)]: { err: 'invalid_request', description: 'Unknown user.' } };
  expect(await sets.poll({ setErrs })).toEqual(response([2]));
  expect(await sets.poll({ setErrs })).toEqual(response([2]));
  const error = 'The receiver refused the token (invalid_request): Unknown user.';
  expect(sets.letters).toEqual([
    expect.objectContaining({
      position: 1,
      eventId: 'e-1',
      attempts: 1,
      error,
      failedAt: expect.any(String) as string,
    }),
  ]);
  expect(sets.letters[0]).not.toHaveProperty('jwt');
  expect(sets.refused).toEqual([`${jtiOf(1)} ${error}`]);
});

it('ignores what is not a SET of the subscription', async () => {
  const sets = new Sets().add(1);
  const others = ['', 'x', '1', jtiOf(9), `1-${'z'.repeat(22)}`, `1-${HASH}x`];
  const setErrs = Object.fromEntries(others.map((jti) => [jti, { err: 'x' }]));
  expect(await sets.poll({ ack: others, setErrs })).toEqual(response([1]));
  expect(sets.letters).toEqual([]);
});

it('waits a moment for a SET, unless the receiver does not want that', async () => {
  const sets = new Sets();
  sets.whileWaiting = () => {
    if (sets.waits.length === 2) sets.add(1);
  };
  expect(await sets.poll()).toEqual(response([1]));
  expect(sets.waits).toHaveLength(2);
  const empty = new Sets();
  expect(await empty.poll()).toEqual(response([]));
  expect(empty.waits.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(3_000);
  const hurried = new Sets();
  await hurried.poll({ returnImmediately: true });
  expect(hurried.waits).toEqual([]);
});

it('a response stays small enough, but has at least one SET', async () => {
  const sets = new Sets().add(1, 2);
  sets.pending = sets.pending.map((set) => ({ ...set, jwt: 'x'.repeat(4_000_000) }));
  const { sets: returned, moreAvailable } = await sets.poll();
  expect([Object.keys(returned), moreAvailable]).toEqual([[jtiOf(1)], true]);
});

it('a receiver that acknowledges what it gets receives each SET, in the order of the feed', async () => {
  const polls = fc.array(fc.record({ maxEvents: fc.integer({ min: 1, max: 4 }), loses: fc.boolean() }));
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 20 }), polls, async (count, requests) => {
      const sets = new Sets().add(...Array.from({ length: count }, (_, index) => index + 1));
      const received: string[] = [];
      let ack: string[] = [];
      for (const { maxEvents, loses } of [...requests, ...Array.from({ length: 21 }, () => FINAL)]) {
        const got = Object.keys((await sets.poll({ maxEvents, ack, returnImmediately: true })).sets);
        if (loses) continue;
        ack = got;
        received.push(...got.filter((jti) => !received.includes(jti)));
      }
      expect(received).toEqual(Array.from({ length: count }, (_, index) => jtiOf(index + 1)));
      expect(sets.pending).toEqual([]);
    }),
  );
});

const FINAL = { maxEvents: 4, loses: false };
