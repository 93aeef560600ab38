import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import { licenseInImage } from '../store/license-record';
import { sequenceNumber } from '../stream-record';
import { LONGEST_DELIVERY_MS, type DeliveryOutcome } from './deliver';
import { plannedMail, type PlannedMail } from './planned-mail';

export interface BatchHandling {
  readonly deliver: (mail: PlannedMail) => Promise<DeliveryOutcome>;
  /** Milliseconds until Lambda ends this invocation. */
  readonly remainingMs: () => number;
  /** Told of each mail's outcome, and of each record that failed, in their order. */
  readonly onOutcome: (mail: PlannedMail, outcome: DeliveryOutcome) => void;
  readonly onError: (record: DynamoDBRecord, error: unknown) => void;
}

/** The mail that a record of the table's stream calls for. A license that is removed (by hand) calls for none. */
export function mailOfRecord({ eventName, dynamodb }: DynamoDBRecord): PlannedMail | undefined {
  if (eventName === 'REMOVE') return undefined;
  // The deployed types of the images allow attribute values that no stream has.
  return plannedMail(licenseInImage(dynamodb?.OldImage), licenseInImage(dynamodb?.NewImage));
}

/**
 * Handles the records in their order and reports those that failed. Lambda then delivers the batch again from the first
 * of them; what was sent after it is known by its claim. So a record that fails does not hold up the others, but those of
 * the same license, which would overtake it. Records for which the time is too short are reported untried.
 */
export async function handleBatch(
  records: readonly DynamoDBRecord[],
  { deliver, remainingMs, onOutcome, onError }: BatchHandling,
): Promise<DynamoDBBatchResponse> {
  const failed: DynamoDBRecord[] = [];
  const heldUp = new Set<string>();
  for (const [index, record] of records.entries()) {
    // The first one is always tried: a batch that is only ever put off would never end.
    if (index > 0 && remainingMs() < LONGEST_DELIVERY_MS) {
      failed.push(record);
      break;
    }
    const license = licenseOf(record);
    try {
      if (heldUp.has(license)) throw new Error('An earlier change of this license failed.');
      const mail = mailOfRecord(record);
      if (mail) onOutcome(mail, await deliver(mail));
    } catch (error) {
      onError(record, error);
      failed.push(record);
      heldUp.add(license);
    }
  }
  return { batchItemFailures: failed.map((record) => ({ itemIdentifier: sequenceNumber(record) })) };
}

const licenseOf = ({ dynamodb }: DynamoDBRecord): string => JSON.stringify(dynamodb?.Keys ?? null);
