import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';

/** A piece of work, and the stream record that is reported if the work fails. */
export interface StreamTask {
  readonly record: DynamoDBRecord;
}

export interface StreamBatchOptions<Task extends StreamTask> {
  /** Processes one task, or throws. */
  readonly process: (task: Task) => Promise<void>;
  /** Called for each failed task, in their order. */
  readonly onError: (task: Task, error: unknown) => void;
  /** Milliseconds until Lambda ends this invocation. */
  readonly remainingMs: () => number;
  /**
   * The time that a task needs, in milliseconds. If less remains, the rest of the batch is postponed. 0 by
   * default.
   */
  readonly minTaskMs?: number;
  /** Fails a task without processing it if an earlier task of the same item failed. Off by default. */
  readonly keepItemOrder?: boolean;
  /** The number of tasks that run at the same time; those of one item never do. 1 by default. */
  readonly concurrency?: number;
  /**
   * Returns what takes the place of the item of a task in the two options above. The default is the key of
   * the item.
   */
  readonly itemOf?: (task: Task) => string;
}

/**
 * Processes the tasks of a batch of stream records in their order, with at most `concurrency` at the same
 * time. A task that fails does not hold up the others.
 *
 * Returns the records of the tasks that failed, and of the first postponed task. Lambda delivers the batch
 * again from the first of them, so every task must tolerate a repetition. Throws if one of these records has
 * no sequence number, because Lambda would retry none of them.
 */
export async function processStreamBatch<Task extends StreamTask>(
  tasks: readonly Task[],
  {
    process,
    onError,
    remainingMs,
    minTaskMs = 0,
    keepItemOrder = false,
    concurrency = 1,
    itemOf = ({ record }) => itemKey(record),
  }: StreamBatchOptions<Task>,
): Promise<DynamoDBBatchResponse> {
  const waiting = tasks.map((task, index) => ({ task, index, item: itemOf(task) }));
  const unfinished: number[] = [];
  const blockedItems = new Set<string>();
  const activeItems = new Set<string>();

  const run = async ({ task, item, index }: (typeof waiting)[number]): Promise<void> => {
    try {
      if (blockedItems.has(item)) throw new Error('An earlier change of the same item failed.');
      await process(task);
    } catch (error) {
      onError(task, error);
      unfinished.push(index);
      if (keepItemOrder) blockedItems.add(item);
    }
  };

  const work = async (): Promise<void> => {
    for (;;) {
      const next = waiting.find(({ item }) => !activeItems.has(item));
      if (!next) return;
      // The first task always runs: a batch that is only ever postponed would never end.
      if (next.index > 0 && remainingMs() < minTaskMs) {
        unfinished.push(
          ...waiting
            .splice(0)
            .slice(0, 1)
            .map(({ index }) => index),
        );
        return;
      }
      waiting.splice(waiting.indexOf(next), 1);
      activeItems.add(next.item);
      await run(next);
      activeItems.delete(next.item);
    }
  };

  await Promise.all(Array.from({ length: concurrency }, work));
  // A worker leaves an item whose earlier task another worker processes to that worker.
  return {
    batchItemFailures: unfinished
      .sort((a, b) => a - b)
      .map((index) => ({ itemIdentifier: sequenceNumber(tasks[index]?.record) })),
  };
}

const itemKey = ({ dynamodb }: DynamoDBRecord): string => JSON.stringify(dynamodb?.Keys ?? null);

function sequenceNumber(record: DynamoDBRecord | undefined): string {
  const dynamodb = record?.dynamodb;
  if (!dynamodb?.SequenceNumber) throw new Error('A stream record has no sequence number.');
  return dynamodb.SequenceNumber;
}
