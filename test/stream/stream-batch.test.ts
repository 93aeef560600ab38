import type { DynamoDBRecord } from 'aws-lambda';
import { processStreamBatch, type StreamBatchOptions } from '../../shared/stream/stream-batch';

interface Task {
  readonly name: string;
  readonly record: DynamoDBRecord;
}

/** A task whose record has the task's name as its sequence number. */
const task = (name: string, item = name): Task => ({
  name,
  record: { dynamodb: { SequenceNumber: name, Keys: { pk: { S: 'p' }, sk: { S: item } } } },
});
const tasks = (...names: string[]): Task[] => names.map((name) => task(name));

interface Behavior extends Partial<StreamBatchOptions<Task>> {
  readonly failing?: readonly string[];
  /** The milliseconds that each task takes; 0 by default. */
  readonly durations?: Readonly<Record<string, number>>;
  /** Milliseconds of the invocation. */
  readonly invocationMs?: number;
}

/** Processes a batch by a clock that stands still except for the durations of the tasks. */
async function run(
  batch: Task[],
  { failing = [], durations = {}, invocationMs = 60_000, ...options }: Behavior = {},
) {
  let remaining = invocationMs;
  const processed: string[] = [];
  const errors: [string, string][] = [];
  const { batchItemFailures } = await processStreamBatch(batch, {
    process: ({ name }) => {
      processed.push(name);
      remaining -= durations[name] ?? 0;
      return failing.includes(name) ? Promise.reject(new Error('throttled')) : Promise.resolve();
    },
    onError: ({ name }, error) => errors.push([name, String(error)]),
    remainingMs: () => remaining,
    ...options,
  });
  return {
    errors,
    processed,
    reported: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier),
  };
}

it('processes the tasks in their order and reports none if all finish', async () => {
  expect(await run(tasks('a', 'b', 'c'))).toMatchObject({
    processed: ['a', 'b', 'c'],
    reported: [],
    errors: [],
  });
});

it('reports nothing for an empty batch', async () => {
  expect(await run([])).toMatchObject({ reported: [] });
});

it('reports failed tasks and continues with the others', async () => {
  const { processed, reported, errors } = await run(tasks('a', 'b', 'c'), { failing: ['b'] });
  expect(processed).toEqual(['a', 'b', 'c']);
  expect(reported).toEqual(['b']);
  expect(errors).toEqual([['b', 'Error: throttled']]);
});

it('throws if a failed record has no sequence number, because Lambda would retry none', async () => {
  const broken = { name: 'a', record: { dynamodb: {} } };
  await expect(run([broken], { failing: ['a'] })).rejects.toThrow('sequence number');
  expect(await run([broken])).toMatchObject({ reported: [] });
});

describe('with concurrency', () => {
  it('processes tasks at the same time, but those of one item in their order', async () => {
    const events: string[] = [];
    const batch = [task('a1', 'a'), task('a2', 'a'), task('b1', 'b'), task('c1', 'c')];
    const { batchItemFailures } = await processStreamBatch(batch, {
      process: async ({ name }) => {
        events.push(`+${name}`);
        await new Promise((resolve) => setImmediate(resolve));
        events.push(`-${name}`);
      },
      onError: () => {},
      remainingMs: () => 60_000,
      concurrency: 2,
    });
    expect(events.slice(0, 2)).toEqual(['+a1', '+b1']);
    expect(events.indexOf('-a1')).toBeLessThan(events.indexOf('+a2'));
    expect(events).toHaveLength(8);
    expect(batchItemFailures).toEqual([]);
  });

  it('fails the later tasks of a failed item, and reports in the order of the records', async () => {
    const batch = [task('a1', 'a'), task('b1', 'b'), task('a2', 'a'), task('c1', 'c')];
    const { processed, reported } = await run(batch, {
      failing: ['a1', 'c1'],
      keepItemOrder: true,
      concurrency: 3,
    });
    expect(processed.sort()).toEqual(['a1', 'b1', 'c1']);
    expect(reported).toEqual(['a1', 'a2', 'c1']);
  });

  it('postpones the rest if the time is too short', async () => {
    const { processed, reported } = await run(tasks('a', 'b', 'c'), { minTaskMs: 60_001, concurrency: 3 });
    expect(processed).toEqual(['a']);
    expect(reported).toEqual(['b']);
  });
});

describe('the time budget', () => {
  it('stops if the time is too short for a task and reports the first postponed record', async () => {
    const { processed, reported } = await run(tasks('a', 'b', 'c', 'd'), {
      durations: { a: 10_000, b: 10_000 },
      invocationMs: 50_000,
      minTaskMs: 35_000,
    });
    expect(processed).toEqual(['a', 'b']);
    expect(reported).toEqual(['c']);
  });

  it('processes the first task even if the time is too short', async () => {
    expect(await run(tasks('a', 'b'), { minTaskMs: 60_001 })).toMatchObject({
      processed: ['a'],
      reported: ['b'],
    });
  });
});

describe('the order of the tasks of an item', () => {
  const batch = [task('1', 'item'), task('2', 'other'), task('3', 'item'), task('4', 'item')];

  it('is kept: the tasks behind a failed one fail unprocessed', async () => {
    const { processed, reported, errors } = await run(batch, { failing: ['1'], keepItemOrder: true });
    expect(processed).toEqual(['1', '2']);
    expect(reported).toEqual(['1', '3', '4']);
    expect(errors.map(([name]) => name)).toEqual(['1', '3', '4']);
    expect(errors[1]?.[1]).toContain('An earlier change of the same item failed.');
  });

  it('is not kept by default', async () => {
    const { processed, reported } = await run(batch, { failing: ['1'] });
    expect(processed).toEqual(['1', '2', '3', '4']);
    expect(reported).toEqual(['1']);
  });
});
