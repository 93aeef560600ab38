import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import type { SweepOutcome } from '../../store/sweep/sweep-context';
import { addressIndexRequestAt, domainAt, groupAt, type ItemKey } from '../../store/table/keys';
import { processStreamBatch } from '../../stream/stream-batch';

/**
 * The time that a transaction in progress may need to complete, retries included, before Lambda ends the
 * invocation.
 */
export const TIME_RESERVE_MS = 60_000;

/**
 * The work that a stream record asks for: to sweep a deleted group or, without a `groupId`, a deleted domain; or to
 * index the addresses of a domain.
 */
export interface SweepTask {
  readonly domainId: string;
  readonly groupId?: string;
  readonly indexesAddresses?: true;
}

export interface SweepBatchOptions {
  readonly sweep: (task: SweepTask, isTimeUp: () => boolean) => Promise<SweepOutcome>;
  /** Milliseconds until Lambda ends this invocation. */
  readonly remainingMs: () => number;
  /** Called with the outcome of each sweep, in the order of the records. */
  readonly onOutcome: (task: SweepTask, outcome: SweepOutcome) => void;
  /** Called for each sweep that failed. */
  readonly onError: (task: SweepTask, error: unknown) => void;
}

/** Returns the group or domain that a stream record reports as deleted, whoever deleted it. */
export function deletionIn(record: DynamoDBRecord): SweepTask | undefined {
  if (record.eventName !== 'REMOVE') return undefined;
  const key = keyIn(record);
  const domainId = domainAt(key);
  return domainId === undefined ? groupAt(key) : { domainId };
}

/** Returns the domain for which a stream record reports a request to index its addresses. */
function indexingIn(record: DynamoDBRecord): SweepTask | undefined {
  if (record.eventName === 'REMOVE') return undefined;
  const domainId = addressIndexRequestAt(keyIn(record));
  return domainId === undefined ? undefined : { domainId, indexesAddresses: true };
}

const keyIn = ({ dynamodb }: DynamoDBRecord): ItemKey => ({
  pk: dynamodb?.Keys?.pk?.S ?? '',
  sk: dynamodb?.Keys?.sk?.S ?? '',
});

/**
 * Runs the tasks of a batch, each in its share of the remaining time. Reports those that failed or are
 * unfinished. When they are delivered again, each continues where it stopped.
 */
export function sweepBatch(
  records: readonly DynamoDBRecord[],
  { sweep, remainingMs, onOutcome, onError }: SweepBatchOptions,
): Promise<DynamoDBBatchResponse> {
  return processStreamBatch(
    records.map((record) => ({ record, task: deletionIn(record) ?? indexingIn(record) })),
    {
      process: async ({ task }, isTimeUp) => {
        if (!task) return 'finished';
        const outcome = await sweep(task, isTimeUp);
        onOutcome(task, outcome);
        return outcome === 'unfinished' ? 'unfinished' : 'finished';
      },
      onError: ({ task }, error) => task && onError(task, error),
      remainingMs,
      reserveMs: TIME_RESERVE_MS,
    },
  );
}
