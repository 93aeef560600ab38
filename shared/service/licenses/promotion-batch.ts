import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import { countsInImage } from '../../store/domains/counts';
import { processStreamBatch } from '../../stream/stream-batch';
import { grantableSeats, type PromotionResult } from './promotion';

/** The part of an invocation that promotions may take; the rest is for the emails of the batch. */
export const PROMOTION_TIME_LIMIT_MS = 10_000;

export interface PromotionBatchOptions {
  readonly promote: (domainId: string, isTimeUp: () => boolean) => Promise<PromotionResult>;
  /** Milliseconds until Lambda ends this invocation. */
  readonly remainingMs: () => number;
  /** Called with the result of each domain, in the order of the records. */
  readonly onResult: (domainId: string, result: PromotionResult) => void;
  /** Called for each domain whose promotion failed. */
  readonly onError: (domainId: string, error: unknown) => void;
}

/**
 * Promotes queued licenses in each domain that has both a free seat and a queued license after the batch. The
 * domains share `PROMOTION_TIME_LIMIT_MS` equally. Returns the records of the domains that failed or are
 * unfinished.
 */
export async function promoteBatch(
  records: readonly DynamoDBRecord[],
  { promote, remainingMs, onResult, onError }: PromotionBatchOptions,
): Promise<DynamoDBBatchResponse['batchItemFailures']> {
  const domains = [...domainsWithRoom(records)].map(([domainId, record]) => ({ domainId, record }));
  const { batchItemFailures } = await processStreamBatch(domains, {
    process: async ({ domainId }, isTimeUp) => {
      const result = await promote(domainId, isTimeUp);
      onResult(domainId, result);
      return result.finished ? 'finished' : 'unfinished';
    },
    onError: ({ domainId }, error) => onError(domainId, error),
    remainingMs,
    reserveMs: remainingMs() - PROMOTION_TIME_LIMIT_MS,
  });
  return batchItemFailures;
}

/**
 * Returns the last record of each domain that has a free seat and a queued license after it. Earlier records
 * do not count: a later one may take the last seat.
 */
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
