import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import { licenseInImage } from '../../store/licenses/license-record';
import { processStreamBatch } from '../../stream/stream-batch';
import { MAX_DELIVERY_MS, type DeliveryOutcome } from './delivery';
import { planEntry, type PlannedEntry } from '../content/planned-mail';

export interface DeliveryBatchOptions {
  readonly deliver: (entry: PlannedEntry) => Promise<DeliveryOutcome>;
  /** Milliseconds until Lambda ends this invocation. */
  readonly remainingMs: () => number;
  /** Called with the outcome of each entry, in the order in which they end. */
  readonly onOutcome: (entry: PlannedEntry, outcome: DeliveryOutcome) => void;
  /** Called for each record that failed. */
  readonly onError: (record: DynamoDBRecord, error: unknown) => void;
}

/**
 * Returns the history entry for a record of the table's stream. A license that is removed (by hand) has no
 * entry.
 */
export function entryOfRecord({ eventName, dynamodb }: DynamoDBRecord): PlannedEntry | undefined {
  if (eventName === 'REMOVE') return undefined;
  return planEntry(licenseInImage(dynamodb?.OldImage), licenseInImage(dynamodb?.NewImage));
}

/** The number of licenses of a batch whose emails are delivered at the same time. */
const CONCURRENCY = 10;

/**
 * Delivers the entries of a batch of stream records, those of one license in their order. If a record fails, later
 * changes of the same license wait for it, because they would overtake it. If the time is too short for another email, the
 * rest is postponed. A repeated record sends no second email, because of the claim.
 */
export function deliverBatch(
  records: readonly DynamoDBRecord[],
  { deliver, remainingMs, onOutcome, onError }: DeliveryBatchOptions,
): Promise<DynamoDBBatchResponse> {
  return processStreamBatch(
    records.map((record) => ({ record })),
    {
      process: async ({ record }) => {
        const entry = entryOfRecord(record);
        if (entry) onOutcome(entry, await deliver(entry));
        return 'finished';
      },
      onError: ({ record }, error) => onError(record, error),
      remainingMs,
      minTaskMs: MAX_DELIVERY_MS,
      keepItemOrder: true,
      concurrency: CONCURRENCY,
    },
  );
}
