import type { SQSRecord } from 'aws-lambda';
import { processWork } from '../../../shared/service/dispatch/work-messages';
import { parseSweepTask, type SweepTask } from '../../../shared/service/sweep/sweep-task';

const TIME_RESERVE_MS = 60_000;
const FIRST_RETRY_SECONDS = 30;
const LONGEST_RETRY_SECONDS = 360;

const message = (messageId: string, task: object | string, receiveCount = 1): SQSRecord =>
  ({
    messageId,
    receiptHandle: `receipt-${messageId}`,
    body: typeof task === 'string' ? task : JSON.stringify(task),
    attributes: { ApproximateReceiveCount: String(receiveCount) },
  }) as SQSRecord;

/** Runs tasks in four minutes besides the reserve. `minutes` is the duration of each task, 1 by default. */
async function run(messages: SQSRecord[], { minutes = 1, fails = false, hideFails = false } = {}) {
  let remaining = TIME_RESERVE_MS + 240_000;
  const tasks: SweepTask[] = [];
  const outcomes: string[] = [];
  const continued: [SweepTask, string][] = [];
  const retried: number[] = [];
  const end = (outcome: 'finished' | 'unfinished') => Promise.resolve((outcomes.push(outcome), outcome));
  const { batchItemFailures } = await processWork(messages, {
    parse: parseSweepTask,
    run: (task, isTimeUp) => {
      tasks.push(task);
      if (fails) return Promise.reject(new Error('throttled'));
      for (let left = minutes; left > 0; left--) {
        if (isTimeUp()) return end('unfinished');
        remaining -= 60_000;
      }
      return end('finished');
    },
    remainingMs: () => remaining,
    reserveMs: TIME_RESERVE_MS,
    continueLater: (task, id) => Promise.resolve(void continued.push([task, id])),
    retryAfter: (_, seconds) => {
      retried.push(seconds);
      return hideFails ? Promise.reject(new Error('denied')) : Promise.resolve();
    },
    firstRetrySeconds: FIRST_RETRY_SECONDS,
    longestRetrySeconds: LONGEST_RETRY_SECONDS,
    onError: (_, error) => outcomes.push(String(error)),
  });
  return {
    tasks,
    outcomes,
    continued,
    retried,
    failures: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier),
  };
}

it.each([
  ['a deleted domain', { domainId: 'd' }],
  ['a deleted group', { domainId: 'd', groupId: 'g' }],
  ['a request to index addresses', { domainId: 'd', indexesAddresses: true }],
])('runs the task of %s', async (_, task) => {
  expect(await run([message('m', task)])).toMatchObject({
    tasks: [task],
    outcomes: ['finished'],
    continued: [],
    failures: [],
  });
});

it('continues a task that takes longer as another message, which does not count as a failure', async () => {
  const task = { domainId: 'd', groupId: 'g' };
  const first = await run([message('m', task)], { minutes: 6 });
  expect(first).toMatchObject({ outcomes: ['unfinished'], failures: [], retried: [] });
  // A repetition of the same message sends the same id, and SQS drops it.
  expect(first.continued).toEqual([[task, 'rest-of-m']]);
});

it('tries a failed message again after a time that doubles, up to the visibility timeout', async () => {
  const retriedAfter = async (receiveCount: number) => {
    const { retried, failures } = await run([message('m', { domainId: 'd' }, receiveCount)], { fails: true });
    expect(failures).toEqual(['m']);
    return retried;
  };
  expect(await Promise.all([1, 2, 3, 4, 5, 99].map(retriedAfter))).toEqual([
    [30],
    [60],
    [120],
    [240],
    [LONGEST_RETRY_SECONDS],
    [LONGEST_RETRY_SECONDS],
  ]);
});

it('reports a failed message even if the time of its next try cannot be set', async () => {
  const { failures } = await run([message('m', { domainId: 'd' })], { fails: true, hideFails: true });
  expect(failures).toEqual(['m']);
});

it.each(['not JSON', '{}', '{"domainId":""}', '{"domainId":7}'])(
  'fails a message with the body %s',
  async (body) => {
    expect(await run([message('m', body)])).toMatchObject({ tasks: [], failures: ['m'] });
  },
);

it('tries a message again whose work is postponed, which is no error', async () => {
  const retried: number[] = [];
  const repeated: boolean[] = [];
  const { batchItemFailures } = await processWork(
    [message('a', { domainId: 'd' }), message('b', { domainId: 'd' }, 3)],
    {
      parse: parseSweepTask,
      run: (_task, _isTimeUp, isRepeated) => Promise.resolve((repeated.push(isRepeated), 'postponed')),
      remainingMs: () => 1,
      reserveMs: 0,
      continueLater: () => Promise.reject(new Error('The work has no rest.')),
      retryAfter: (_message, seconds) => Promise.resolve(void retried.push(seconds)),
      firstRetrySeconds: 1,
      longestRetrySeconds: LONGEST_RETRY_SECONDS,
      onError: (_work, error) => {
        throw error;
      },
    },
  );
  expect(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(['a', 'b']);
  expect(repeated).toEqual([false, true]);
  expect(retried).toEqual([1, 4]);
});
