import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import { domainAt, groupAt } from '../../store/table/keys';
import type { SweepOutcome } from '../../store/sweep/sweep-context';
import { sequenceNumber } from '../../store/table/stream-record';

/** What a transaction that is under way may need to come to its end, tries included, before Lambda ends the invocation. */
export const TIME_RESERVE_MS = 60_000;

/** A group that was deleted, or, without a `groupId`, a domain. */
export interface Deletion {
  readonly domainId: string;
  readonly groupId?: string;
}

export interface SweepBatchOptions {
  readonly sweep: (deletion: Deletion, isTimeUp: () => boolean) => Promise<SweepOutcome>;
  /** Milliseconds until Lambda ends this invocation. */
  readonly remainingMs: () => number;
  /** Told of each deletion, in their order: what came of it, or what went wrong. */
  readonly onOutcome: (deletion: Deletion, outcome: SweepOutcome) => void;
  readonly onError: (deletion: Deletion, error: unknown) => void;
}

/** What a record of the table's stream says was deleted, by whomever. */
export function deletionIn({ eventName, dynamodb }: DynamoDBRecord): Deletion | undefined {
  if (eventName !== 'REMOVE') return undefined;
  const key = { pk: dynamodb?.Keys?.pk?.S ?? '', sk: dynamodb?.Keys?.sk?.S ?? '' };
  const domainId = domainAt(key);
  return domainId === undefined ? groupAt(key) : { domainId };
}

/**
 * Sweeps up after the deletions of a batch, one after the other, each in its share of the time that is left: a large one, or one that
 * fails, does not hold up the others. Those that are not done are reported. Lambda then delivers the batch again from the
 * first of them; what is gone is gone, so each goes on where it was.
 */
export async function sweepBatch(
  records: readonly DynamoDBRecord[],
  { sweep, remainingMs, onOutcome, onError }: SweepBatchOptions,
): Promise<DynamoDBBatchResponse> {
  const unfinished: DynamoDBRecord[] = [];
  for (const [index, record] of records.entries()) {
    const deletion = deletionIn(record);
    if (!deletion) continue;
    const left = remainingMs();
    const share = (left - TIME_RESERVE_MS) / (records.length - index);
    try {
      const outcome = await sweep(deletion, () => remainingMs() < left - share);
      onOutcome(deletion, outcome);
      if (outcome === 'unfinished') unfinished.push(record);
    } catch (error) {
      onError(deletion, error);
      unfinished.push(record);
    }
  }
  return { batchItemFailures: unfinished.map((record) => ({ itemIdentifier: sequenceNumber(record) })) };
}
