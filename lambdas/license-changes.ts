import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { errorFields } from '../shared/logging/error-fields';
import { deliver } from '../shared/mail/delivery/deliver';
import type { Delivery, DeliveryOutcome } from '../shared/mail/delivery/delivery';
import { logDelivery } from '../shared/mail/delivery/log-delivery';
import { openDelivery } from '../shared/mail/delivery/open-delivery';
import { deliverBatch } from '../shared/mail/delivery/delivery-batch';
import { DirectSends } from '../shared/mail/delivery/direct-sends';
import { wakeOutbox } from '../shared/mail/outbox/wake-outbox';
import { assertRecordsOf } from '../shared/store/table/stream-record';
import { openTable } from '../shared/store/table/table';
import { addMetric, logger, withTelemetry } from '../shared/logging/telemetry';

const now = (): Date => new Date();

/** The outbox takes emails that are due in this time, or before, without waiting for its schedule. */
const SOON_MS = 2_000;

let delivery: Delivery | undefined;
const directSends = new DirectSends();

/**
 * Processes the license changes in a batch of the table's stream: stores the entries of the licenses'
 * histories, and sends the first few emails of each domain. The outbox sends the others. See docs/mail.md.
 */
export async function handler(event: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> {
  return withTelemetry(context, event, async () => {
    const table = openTable();
    assertRecordsOf(table.name, event.Records);
    const parts = (delivery ??= await openDelivery(table, now));
    let isDueSoon = false;
    const isSentAtOnce = directSends.startBatch();
    const existing = new Set<string>();
    const response = await deliverBatch(event.Records, {
      deliver: async (entry) => {
        const { domainId } = entry.ref;
        const isQueued = entry.kind !== 'none' && !isSentAtOnce(domainId, now());
        // The outbox checks the domain again before it sends the email.
        const domainExists = isQueued && existing.has(domainId);
        const result = await deliver(entry, parts, { isQueued, domainExists });
        if (result.outcome !== 'domainDeleted') existing.add(domainId);
        return result;
      },
      remainingMs: () => context.getRemainingTimeInMillis(),
      onOutcome: ({ kind, ref, event: { changeId, licenseStatus } }, result) => {
        isDueSoon ||= result.outcome === 'delayed' && Date.parse(result.dueAt) <= now().getTime() + SOON_MS;
        if (licenseStatus === 'active' && isNewActivation(kind, result)) addMetric('LicensesActivated');
        logDelivery({ kind, ...ref, changeId, licenseStatus }, result);
      },
      onError: logError,
    });
    if (isDueSoon) await wakeOutbox().catch(logWakeError);
    return response;
  });
}

/**
 * Returns whether a change is counted as an activation. The dashboard compares these with the emails: an
 * attempt that repeats an earlier one is not counted again.
 */
const isNewActivation = (kind: string, { outcome }: DeliveryOutcome): boolean =>
  kind === 'license-key' && outcome !== 'repeated' && outcome !== 'held';

/** Without this, the outbox sends the emails when its schedule runs it, within a minute. */
function logWakeError(error: unknown): void {
  addMetric('OutboxWakeFailed');
  logger.error('The outbox could not be woken', { ...errorFields(error) });
}

/** The record contains an address, and the error may contain one. So neither is logged unchanged. */
function logError({ dynamodb, eventID }: DynamoDBRecord, error: unknown): void {
  addMetric('LicenseChangeFailed');
  logger.error('License change failed and will be retried', {
    eventID,
    sequenceNumber: dynamodb?.SequenceNumber,
    ...errorFields(error),
  });
}
