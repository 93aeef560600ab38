import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import type { SweepOutcome } from '../store/group-sweep';
import { groupAt } from '../store/keys';
import { sequenceNumber } from '../stream-record';

/** What a transaction that is under way may need to come to its end, tries included, before Lambda ends the invocation. */
export const RESERVE_MS = 60_000;

export interface DeletedGroup {
  readonly domainId: string;
  readonly groupId: string;
}

export interface SweepHandling {
  readonly sweep: (group: DeletedGroup, isTimeUp: () => boolean) => Promise<SweepOutcome>;
  /** Milliseconds until Lambda ends this invocation. */
  readonly remainingMs: () => number;
  /** Told of each group, in their order: what came of it, or what went wrong. */
  readonly onOutcome: (group: DeletedGroup, outcome: SweepOutcome) => void;
  readonly onError: (group: DeletedGroup, error: unknown) => void;
}

/** The group that a record of the table's stream says was deleted, by a client, by hand or by TTL. */
export function groupDeletedBy({ eventName, dynamodb }: DynamoDBRecord): DeletedGroup | undefined {
  if (eventName !== 'REMOVE') return undefined;
  return groupAt({ pk: dynamodb?.Keys?.pk?.S ?? '', sk: dynamodb?.Keys?.sk?.S ?? '' });
}

/**
 * Sweeps the groups of a batch one after the other, each in its share of the time that is left: a large one, or one that
 * fails, does not hold up the others. Those that are not done are reported. Lambda then delivers the batch again from the
 * first of them; what is gone is gone, so each goes on where it was.
 */
export async function sweepBatch(
  records: readonly DynamoDBRecord[],
  { sweep, remainingMs, onOutcome, onError }: SweepHandling,
): Promise<DynamoDBBatchResponse> {
  const unfinished: DynamoDBRecord[] = [];
  for (const [index, record] of records.entries()) {
    const group = groupDeletedBy(record);
    if (!group) continue;
    const left = remainingMs();
    const share = (left - RESERVE_MS) / (records.length - index);
    try {
      const outcome = await sweep(group, () => remainingMs() < left - share);
      onOutcome(group, outcome);
      if (outcome === 'unfinished') unfinished.push(record);
    } catch (error) {
      onError(group, error);
      unfinished.push(record);
    }
  }
  return { batchItemFailures: unfinished.map((record) => ({ itemIdentifier: sequenceNumber(record) })) };
}
