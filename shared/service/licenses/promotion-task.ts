import type { DynamoDBRecord } from 'aws-lambda';
import { domainOfFormerCounts } from '../../store/domains/former-counts';
import { domainOfLicense, domainOfSeats } from '../../store/table/keys';

/** The work of a promotion: to give the free seats of a domain to its queued licenses. */
export interface PromotionTask {
  readonly domainId: string;
  /** True if a function of a previous version has changed the counts. They are added to the shards first. */
  readonly absorbs?: true;
}

/** A promotion, and the first and the last record that cause it. */
interface RecordedPromotion {
  readonly first: DynamoDBRecord;
  readonly last: DynamoDBRecord;
  readonly work: PromotionTask;
}

/**
 * Returns a promotion for each domain in which a license ended or was queued, or whose seats changed. One
 * promotion serves all records of the batch, because it reads after all of them are written.
 */
export function promotionsIn(records: readonly DynamoDBRecord[]): RecordedPromotion[] {
  const found = new Map<string, RecordedPromotion>();
  for (const record of records) {
    const former = domainOfFormerCounts(record.dynamodb?.Keys);
    const domainId = former ?? domainOfPromotion(record);
    if (domainId === undefined || record.eventName === 'REMOVE') continue;
    const earlier = found.get(domainId);
    const absorbs = former !== undefined || earlier?.work.absorbs;
    found.delete(domainId);
    found.set(domainId, {
      first: earlier?.first ?? record,
      last: record,
      work: { domainId, ...(absorbs && { absorbs }) },
    });
  }
  return [...found.values()];
}

/**
 * Returns the domain in which this record may have made a promotion possible: a seat is free, or a license
 * waits.
 */
function domainOfPromotion({ dynamodb }: DynamoDBRecord): string | undefined {
  const { Keys, NewImage, OldImage } = dynamodb ?? {};
  if (!NewImage) return undefined;
  const key = { pk: Keys?.pk?.S ?? '', sk: Keys?.sk?.S ?? '' };
  if (NewImage.status?.S === 'active' || NewImage.changeId?.S === OldImage?.changeId?.S)
    return domainOfSeats(key);
  return domainOfLicense(key) ?? domainOfSeats(key);
}

/** Reads the task of a message. Throws if the body is not a task, which the dispatcher never sends. */
export function parsePromotionTask(body: string): PromotionTask {
  const { domainId, absorbs } = JSON.parse(body) as Partial<Record<keyof PromotionTask, unknown>>;
  if (typeof domainId !== 'string' || domainId === '') throw new Error('The message names no domain.');
  return { domainId, ...(absorbs === true && { absorbs }) };
}
