import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import { licenseInImage } from '../../store/licenses/license-record';
import { addressKeyOf } from '../../store/mail/address-key';
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
 * Delivers the entries of a batch of stream records, those of one license or address in their order. If a
 * record fails, later ones wait for it, because they would overtake it: after a deletion and a new creation,
 * the notice must not follow the new key. If the time is too short for another email, the rest is postponed.
 * A repeated record sends no second email, because of the claim.
 */
export function deliverBatch(
  records: readonly DynamoDBRecord[],
  { deliver, remainingMs, onOutcome, onError }: DeliveryBatchOptions,
): Promise<DynamoDBBatchResponse> {
  return processStreamBatch(inOrderOfAddresses(records), {
    process: async ({ record }) => {
      const entry = entryOfRecord(record);
      if (entry) onOutcome(entry, await deliver(entry));
    },
    onError: ({ record }, error) => onError(record, error),
    remainingMs,
    minTaskMs: MAX_DELIVERY_MS,
    keepItemOrder: true,
    concurrency: CONCURRENCY,
    itemOf: ({ group }) => group,
  });
}

/** Gives the same group to records of one license, and to those of one address in a domain. */
function inOrderOfAddresses(
  records: readonly DynamoDBRecord[],
): { readonly record: DynamoDBRecord; readonly group: string }[] {
  const groups = new Map<string, string>();
  const groupOf = (name: string): string => {
    const next = groups.get(name) ?? name;
    return next === name ? name : groupOf(next);
  };
  const names = records.map(namesOf);
  for (const [license = '', ...addresses] of names)
    for (const address of addresses) groups.set(groupOf(address), groupOf(license));
  return records.map((record, at) => ({ record, group: groupOf(names[at]?.[0] ?? '') }));
}

/** Returns names for the license of a record, and for its addresses before and after the change. */
function namesOf({ dynamodb }: DynamoDBRecord): string[] {
  const { Keys, OldImage, NewImage } = dynamodb ?? {};
  const addresses = [OldImage, NewImage].flatMap((image) => image?.email?.S ?? []);
  return [
    JSON.stringify(Keys ?? null),
    ...addresses.map((address) => `${Keys?.pk?.S} ${addressKeyOf(address)}`),
  ];
}
