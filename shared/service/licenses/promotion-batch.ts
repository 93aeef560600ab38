import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import { domainOfFormerCounts } from '../../store/domains/former-counts';
import { domainOfLicense, domainOfSeats } from '../../store/table/keys';
import { processStreamBatch } from '../../stream/stream-batch';
import type { PromotionResult } from './promotion';

/** The part of an invocation that promotions may take; the rest is for the emails of the batch. */
export const PROMOTION_TIME_LIMIT_MS = 10_000;

export interface PromotionBatchOptions {
  readonly promote: (domainId: string, isTimeUp: () => boolean) => Promise<PromotionResult>;
  /** Adds what functions of the previous version have counted in a domain to its counts. */
  readonly absorb: (domainId: string) => Promise<void>;
  /** Milliseconds until Lambda ends this invocation. */
  readonly remainingMs: () => number;
  /** Called with the result of each domain, in the order of the records. */
  readonly onResult: (domainId: string, result: PromotionResult) => void;
  /** Called for each domain whose promotion failed. */
  readonly onError: (domainId: string, error: unknown) => void;
}

/** A domain in which a promotion may be possible, and the last record that shows it. */
interface PromotionTask {
  readonly domainId: string;
  readonly record: DynamoDBRecord;
  /** True if a function of the previous version has changed the counts. */
  readonly absorbs: boolean;
}

/**
 * Promotes queued licenses in each domain in which a license ended or was queued, or whose seats changed. The
 * domains share `PROMOTION_TIME_LIMIT_MS` equally. Returns the records of the domains that failed or are
 * unfinished.
 */
export async function promoteBatch(
  records: readonly DynamoDBRecord[],
  { promote, absorb, remainingMs, onResult, onError }: PromotionBatchOptions,
): Promise<DynamoDBBatchResponse['batchItemFailures']> {
  const { batchItemFailures } = await processStreamBatch(promotionTasks(records), {
    process: async ({ domainId, absorbs }, isTimeUp) => {
      if (absorbs) await absorb(domainId);
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

function promotionTasks(records: readonly DynamoDBRecord[]): PromotionTask[] {
  const tasks = new Map<string, PromotionTask>();
  for (const record of records) {
    const former = domainOfFormerCounts(record.dynamodb?.Keys);
    const domainId = former ?? domainOfPromotion(record);
    if (domainId === undefined) continue;
    const absorbs = former !== undefined || (tasks.get(domainId)?.absorbs ?? false);
    tasks.delete(domainId);
    tasks.set(domainId, { domainId, record, absorbs });
  }
  return [...tasks.values()];
}

/** Returns the domain in which this record may have made a promotion possible: a seat is free, or a license waits. */
function domainOfPromotion({ dynamodb }: DynamoDBRecord): string | undefined {
  const { Keys, NewImage, OldImage } = dynamodb ?? {};
  if (!NewImage) return undefined;
  const key = { pk: Keys?.pk?.S ?? '', sk: Keys?.sk?.S ?? '' };
  if (NewImage.status?.S === 'active' || NewImage.changeId?.S === OldImage?.changeId?.S)
    return domainOfSeats(key);
  return domainOfLicense(key) ?? domainOfSeats(key);
}
