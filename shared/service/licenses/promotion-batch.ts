import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import { countsInImage } from '../../store/domains/counts';
import { sequenceNumber } from '../../store/table/stream-record';
import { grantableSeats, type PromotionResult } from './promotion';

/** Of the time of an invocation, promotions take so much; the rest is for the mails of the batch. */
export const PROMOTION_TIME_LIMIT_MS = 10_000;

export interface PromotionBatchOptions {
  readonly promote: (domainId: string, isTimeUp: () => boolean) => Promise<PromotionResult>;
  /** Milliseconds until Lambda ends this invocation. */
  readonly remainingMs: () => number;
  /** Told of each domain, in the order of the records: what came of it, or what went wrong. */
  readonly onResult: (domainId: string, result: PromotionResult) => void;
  readonly onError: (domainId: string, error: unknown) => void;
}

/**
 * Gives seats in the domains whose counts, as the batch leaves them, have both a free seat and somebody who waits for one. Each domain has
 * an equal share of the time that is left. Returns the records of those that are not done, to be delivered again.
 */
export async function promoteBatch(
  records: readonly DynamoDBRecord[],
  { promote, remainingMs, onResult, onError }: PromotionBatchOptions,
): Promise<DynamoDBBatchResponse['batchItemFailures']> {
  const unfinished: DynamoDBRecord[] = [];
  const domains = [...domainsWithRoom(records)];
  const end = remainingMs() - PROMOTION_TIME_LIMIT_MS;
  for (const [index, [domainId, record]] of domains.entries()) {
    const left = remainingMs();
    const share = (left - end) / (domains.length - index);
    try {
      const result = await promote(domainId, () => remainingMs() < left - share);
      onResult(domainId, result);
      if (!result.finished) unfinished.push(record);
    } catch (error) {
      onError(domainId, error);
      unfinished.push(record);
    }
  }
  return unfinished.map((record) => ({ itemIdentifier: sequenceNumber(record) }));
}

/** Of each domain the last record counts: one that took the last seat leaves nothing to give. */
function domainsWithRoom(records: readonly DynamoDBRecord[]): Map<string, DynamoDBRecord> {
  const domains = new Map<string, DynamoDBRecord>();
  for (const record of records) {
    const found = countsInImage(record.dynamodb?.NewImage);
    if (!found) continue;
    domains.delete(found.domainId);
    if (grantableSeats(found.counts) > 0) domains.set(found.domainId, record);
  }
  return domains;
}
