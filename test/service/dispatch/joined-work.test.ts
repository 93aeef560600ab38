import type { SQSRecord } from 'aws-lambda';
import { processWork } from '../../../shared/service/dispatch/work-messages';
import { joinEventWork, parseEventWork, type EventWork } from '../../../shared/service/events/event-work';

const message = (messageId: string, work: object | string, receiveCount = 1): SQSRecord =>
  ({
    messageId,
    body: typeof work === 'string' ? work : JSON.stringify(work),
    attributes: {
      ApproximateReceiveCount: String(receiveCount),
      MessageGroupId: messageId.charAt(0),
    },
  }) as SQSRecord;

interface Change {
  readonly subject: { readonly type: string; readonly id: string };
  readonly source: string;
  readonly sequenceNumber: string;
}

const change = (sequenceNumber: number, id = 'a'): Change => ({
  subject: { type: 'user', id },
  source: 'item',
  sequenceNumber: String(sequenceNumber),
});

/** The work of a message: changes of one user. */
const work = (domainId: string, numbers: readonly number[], streamArn?: string) => ({
  domainId,
  changes: numbers.map((number) => change(number)),
  ...(streamArn !== undefined && { streamArn }),
});

const MAX_DELIVERIES = 100;

/** Does the work of messages. Those with the change `poison` fail. */
async function run(messages: SQSRecord[], { poison = -1, workMs = 0 } = {}) {
  let remaining = 100;
  const done: unknown[][] = [];
  const errors: unknown[] = [];
  const hidden: string[] = [];
  const { batchItemFailures } = await processWork<EventWork>(messages, {
    parse: parseEventWork,
    join: joinEventWork,
    run: ({ domainId, changes }) => {
      const numbers = changes.map(({ sequenceNumber }) => Number(sequenceNumber));
      remaining -= workMs;
      if (numbers.includes(poison)) return Promise.reject(new Error('throttled'));
      done.push([domainId, ...numbers]);
      return Promise.resolve('finished');
    },
    remainingMs: () => remaining,
    reserveMs: 50,
    continueLater: () => Promise.reject(new Error('The work has no rest.')),
    retryAfter: ({ messageId }, seconds) => Promise.resolve(void hidden.push(`${messageId} ${seconds} s`)),
    maxDeliveries: MAX_DELIVERIES,
    firstRetrySeconds: 1,
    longestRetrySeconds: 20,
    onError: (_, error) => errors.push(error),
  });
  return { done, errors, hidden, failures: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier) };
}

const numbersFrom = (first: number): number[] => Array.from({ length: 30 }, (_, at) => first + at);

it('does the work of several messages of a group at once, in their order', async () => {
  const messages = [
    message('a1', work('a', [1, 2])),
    message('b1', work('b', [7])),
    message('a2', work('a', [3])),
  ];
  expect(await run(messages)).toMatchObject({
    done: [
      ['a', 1, 2, 3],
      ['b', 7],
    ],
    failures: [],
  });
});

it('joins no more changes than fit into a transaction', async () => {
  const messages = [20, 10, 1].map((count, at) =>
    message(`a${at}`, work('a', numbersFrom(100 * at).slice(0, count))),
  );
  const { done } = await run(messages);
  expect(done.map(({ length }) => length - 1)).toEqual([30, 1]);
});

it('does not join the changes of two streams', async () => {
  const messages = [message('a1', work('a', [1], 'one')), message('a2', work('a', [2], 'two'))];
  expect((await run(messages)).done).toEqual([
    ['a', 1],
    ['a', 2],
  ]);
});

it('fails joined messages and those behind them, but no other group', async () => {
  const messages = [
    message('a1', work('a', [1])),
    message('a2', work('a', [2])),
    message('a3', work('a', numbersFrom(3))),
    message('b1', work('b', [7])),
  ];
  const { done, failures, hidden, errors } = await run(messages, { poison: 2 });
  expect([done, failures, hidden]).toEqual([[['b', 7]], ['a1', 'a2', 'a3'], ['a1 1 s', 'a2 1 s', 'a3 1 s']]);
  expect(errors).toHaveLength(1);
});

it('joins no message that has failed several times, so that one that always fails holds up none before it', async () => {
  const received = (times: number) =>
    [1, 2, 3].map((number) => message(`a${number}`, work('a', [number]), times));
  expect(await run(received(6), { poison: 2 })).toMatchObject({ done: [], failures: ['a1', 'a2', 'a3'] });
  expect(await run(received(7), { poison: 2 })).toMatchObject({ done: [['a', 1]], failures: ['a2', 'a3'] });
});

it('does the work behind a message that fails at its last delivery, because it may not be delivered again', async () => {
  const received = (times: number) =>
    [1, 2, 3].map((number) => message(`a${number}`, work('a', [number]), times));
  expect(await run(received(MAX_DELIVERIES - 1), { poison: 1 })).toMatchObject({
    done: [],
    failures: ['a1', 'a2', 'a3'],
  });
  expect(await run(received(MAX_DELIVERIES), { poison: 1 })).toMatchObject({
    done: [
      ['a', 2],
      ['a', 3],
    ],
    failures: ['a1'],
  });
});

it('does not join so many bytes that a partition of the table would be too busy', async () => {
  const large = (at: number) => ({
    domainId: 'a',
    changes: [{ ...change(at), after: { text: 'x'.repeat(110_000) } }],
  });
  const { done } = await run([1, 2, 3].map((at) => message(`a${at}`, large(at))));
  expect(done).toEqual([
    ['a', 1, 2],
    ['a', 3],
  ]);
});

it('does not join changes that are more than a minute apart', async () => {
  const at = (number: number, time: string) =>
    message(`a${number}`, {
      domainId: 'a',
      changes: [{ ...change(number), time: `2026-01-02T${time}.000Z` }],
    });
  const { done } = await run([at(1, '10:00:00'), at(2, '10:01:00'), at(3, '10:01:01')]);
  expect(done).toEqual([
    ['a', 1, 2],
    ['a', 3],
  ]);
});

it('drops changes that an earlier message has, but not those of another item or of the same record', async () => {
  const first = { domainId: 'a', changes: [change(1), change(4, 'b'), change(5), change(5)] };
  const again = {
    domainId: 'a',
    changes: [change(4, 'b'), change(5), change(5), change(6), change(6), change(3, 'c')],
  };
  const { done } = await run([message('a1', first), message('a2', again)]);
  expect(done).toEqual([['a', 1, 4, 5, 5, 6, 6, 3]]);
});

it('begins no further message of a group when the time is up', async () => {
  const messages = [0, 100, 200].map((from) => message(`a${from}`, work('a', numbersFrom(from))));
  const { done, failures, hidden, errors } = await run(messages, { workMs: 30 });
  expect(done).toHaveLength(2);
  expect([failures, hidden, errors]).toEqual([['a200'], ['a200 0 s'], []]);
});

it('fails a message without work, and those behind it in its group', async () => {
  const messages = [message('a1', work('a', [1])), message('a2', 'not JSON'), message('a3', work('a', [3]))];
  expect(await run(messages)).toMatchObject({ done: [['a', 1]], failures: ['a2', 'a3'] });
});
