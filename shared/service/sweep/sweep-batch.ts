import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import type { SweepOutcome } from '../../store/sweep/sweep-context';
import { domainAt, groupAt } from '../../store/table/keys';
import { processStreamBatch } from '../../stream/stream-batch';

/**
 * The time that a transaction in progress may need to complete, retries included, before Lambda ends the
 * invocation.
 */
export const TIME_RESERVE_MS = 60_000;

/** A deleted group, or, without a `groupId`, a deleted domain. */
export interface Deletion {
  readonly domainId: string;
  readonly groupId?: string;
}

export interface SweepBatchOptions {
  readonly sweep: (deletion: Deletion, isTimeUp: () => boolean) => Promise<SweepOutcome>;
  /** Milliseconds until Lambda ends this invocation. */
  readonly remainingMs: () => number;
  /** Called with the outcome of each sweep, in the order of the records. */
  readonly onOutcome: (deletion: Deletion, outcome: SweepOutcome) => void;
  /** Called for each sweep that failed. */
  readonly onError: (deletion: Deletion, error: unknown) => void;
}

/** Returns the group or domain that a stream record reports as deleted, whoever deleted it. */
export function deletionIn({ eventName, dynamodb }: DynamoDBRecord): Deletion | undefined {
  if (eventName !== 'REMOVE') return undefined;
  const key = { pk: dynamodb?.Keys?.pk?.S ?? '', sk: dynamodb?.Keys?.sk?.S ?? '' };
  const domainId = domainAt(key);
  return domainId === undefined ? groupAt(key) : { domainId };
}

/**
 * Sweeps the deletions of a batch, each in its share of the remaining time. Reports those that failed or are
 * unfinished. When they are delivered again, each continues where it stopped, because swept items no longer
 * exist.
 */
export function sweepBatch(
  records: readonly DynamoDBRecord[],
  { sweep, remainingMs, onOutcome, onError }: SweepBatchOptions,
): Promise<DynamoDBBatchResponse> {
  return processStreamBatch(
    records.map((record) => ({ record, deletion: deletionIn(record) })),
    {
      process: async ({ deletion }, isTimeUp) => {
        if (!deletion) return 'finished';
        const outcome = await sweep(deletion, isTimeUp);
        onOutcome(deletion, outcome);
        return outcome === 'unfinished' ? 'unfinished' : 'finished';
      },
      onError: ({ deletion }, error) => deletion && onError(deletion, error),
      remainingMs,
      reserveMs: TIME_RESERVE_MS,
    },
  );
}
