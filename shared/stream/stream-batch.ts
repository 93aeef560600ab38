import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';

/** A piece of work, and the stream record that is reported if the work is not finished. */
export interface StreamTask {
  readonly record: DynamoDBRecord;
}

export interface StreamBatchOptions<Task extends StreamTask> {
  /** Processes one task, or throws. `isTimeUp` returns true once the task has used its share of the time. */
  readonly process: (task: Task, isTimeUp: () => boolean) => Promise<'finished' | 'unfinished'>;
  /** Called for each failed task, in their order. */
  readonly onError: (task: Task, error: unknown) => void;
  /** Milliseconds until Lambda ends this invocation. */
  readonly remainingMs: () => number;
  /** Milliseconds at the end of the invocation that the tasks leave unused; 0 by default. */
  readonly reserveMs?: number;
  /**
   * The time that a task needs, in milliseconds. If less remains, the rest of the batch is postponed. 0 by
   * default.
   */
  readonly minTaskMs?: number;
  /** Fails a task without processing it if an earlier task of the same item failed. Off by default. */
  readonly keepItemOrder?: boolean;
}

/**
 * Processes the tasks of a batch of stream records, one after the other. A task that fails or takes long does
 * not hold up the others: each has an equal share of the remaining time. The tasks behind it get the time
 * that it does not use.
 *
 * Returns the records of the tasks that failed or are unfinished, and of the first postponed task. Lambda
 * delivers the batch again from the first of them, so every task must tolerate a repetition. Throws if one of
 * these records has no sequence number, because Lambda would retry none of them.
 */
export async function processStreamBatch<Task extends StreamTask>(
  tasks: readonly Task[],
  {
    process,
    onError,
    remainingMs,
    reserveMs = 0,
    minTaskMs = 0,
    keepItemOrder = false,
  }: StreamBatchOptions<Task>,
): Promise<DynamoDBBatchResponse> {
  const unfinished: DynamoDBRecord[] = [];
  const blockedItems = new Set<string>();
  for (const [index, task] of tasks.entries()) {
    const { record } = task;
    const remaining = remainingMs();
    // The first task always runs: a batch that is only ever postponed would never end.
    if (index > 0 && remaining < minTaskMs) {
      unfinished.push(record);
      break;
    }
    const share = (remaining - reserveMs) / (tasks.length - index);
    try {
      if (blockedItems.has(itemKey(record))) throw new Error('An earlier change of the same item failed.');
      if ((await process(task, () => remainingMs() < remaining - share)) === 'finished') continue;
    } catch (error) {
      onError(task, error);
    }
    unfinished.push(record);
    if (keepItemOrder) blockedItems.add(itemKey(record));
  }
  return { batchItemFailures: unfinished.map((record) => ({ itemIdentifier: sequenceNumber(record) })) };
}

const itemKey = ({ dynamodb }: DynamoDBRecord): string => JSON.stringify(dynamodb?.Keys ?? null);

function sequenceNumber({ dynamodb }: DynamoDBRecord): string {
  if (!dynamodb?.SequenceNumber) throw new Error('A stream record has no sequence number.');
  return dynamodb.SequenceNumber;
}
