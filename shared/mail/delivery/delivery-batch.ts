import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import { licenseInImage } from '../../store/licenses/license-record';
import { sequenceNumber } from '../../store/table/stream-record';
import { MAX_DELIVERY_MS, type DeliveryOutcome } from './delivery';
import { planEntry, type PlannedEntry } from '../content/planned-mail';

export interface DeliveryBatchOptions {
  readonly deliver: (entry: PlannedEntry) => Promise<DeliveryOutcome>;
  /** Milliseconds until Lambda ends this invocation. */
  readonly remainingMs: () => number;
  /** Told of what came of each entry, and of each record that failed, in their order. */
  readonly onOutcome: (entry: PlannedEntry, outcome: DeliveryOutcome) => void;
  readonly onError: (record: DynamoDBRecord, error: unknown) => void;
}

/** The entry that a record of the table's stream calls for. A license that is removed (by hand) calls for none. */
export function entryOfRecord({ eventName, dynamodb }: DynamoDBRecord): PlannedEntry | undefined {
  if (eventName === 'REMOVE') return undefined;
  // The deployed types of the images allow attribute values that no stream has.
  return planEntry(licenseInImage(dynamodb?.OldImage), licenseInImage(dynamodb?.NewImage));
}

/**
 * Handles the records in their order and reports those that failed. Lambda then delivers the batch again from the first
 * of them; what was sent after it is known by its claim. So a record that fails does not hold up the others, but those of
 * the same license, which would overtake it. Records for which the time is too short are reported untried.
 */
export async function deliverBatch(
  records: readonly DynamoDBRecord[],
  { deliver, remainingMs, onOutcome, onError }: DeliveryBatchOptions,
): Promise<DynamoDBBatchResponse> {
  const failed: DynamoDBRecord[] = [];
  const heldUp = new Set<string>();
  for (const [index, record] of records.entries()) {
    // The first one is always tried: a batch that is only ever put off would never end.
    if (index > 0 && remainingMs() < MAX_DELIVERY_MS) {
      failed.push(record);
      break;
    }
    const license = licenseOf(record);
    try {
      if (heldUp.has(license)) throw new Error('An earlier change of this license failed.');
      const entry = entryOfRecord(record);
      if (entry) onOutcome(entry, await deliver(entry));
    } catch (error) {
      onError(record, error);
      failed.push(record);
      heldUp.add(license);
    }
  }
  return { batchItemFailures: failed.map((record) => ({ itemIdentifier: sequenceNumber(record) })) };
}

const licenseOf = ({ dynamodb }: DynamoDBRecord): string => JSON.stringify(dynamodb?.Keys ?? null);
