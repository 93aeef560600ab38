import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { ENV, requireEnv } from '../shared/env';
import { errorFields } from '../shared/error-fields';
import { deliver } from '../shared/mail/delivery/deliver';
import type { Delivery } from '../shared/mail/delivery/delivery';
import { logDelivery } from '../shared/mail/delivery/log-delivery';
import { openDelivery } from '../shared/mail/delivery/open-delivery';
import { deliverBatch } from '../shared/mail/delivery/delivery-batch';
import { promoteQueued, type PromotionResult } from '../shared/service/licenses/promotion';
import { promoteBatch } from '../shared/service/licenses/promotion-batch';
import { absorbFormerCounts } from '../shared/store/domains/former-counts';
import { SeatQueue } from '../shared/store/licenses/seat-queue';
import { openTable, type Table } from '../shared/store/table/table';
import { addMetric, logger, withTelemetry } from '../shared/telemetry';

const now = (): Date => new Date();

let delivery: Delivery | undefined;

/**
 * Processes the license changes in a batch of the table's stream: assigns free seats to pending licenses,
 * stores the entries of the licenses' histories, and sends their emails. See docs/mail.md.
 */
export async function handler(event: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> {
  return withTelemetry(context, async () => {
    const table = openTable();
    const remainingMs = () => context.getRemainingTimeInMillis();
    const unpromoted = await promoteBatch(event.Records, {
      promote: (domainId, isTimeUp) => promote(table, domainId, isTimeUp),
      absorb: (domainId) => absorbFormerCounts(table, domainId),
      remainingMs,
      onResult: logPromotion,
      onError: logPromotionError,
    });
    const parts = (delivery ??= await openDelivery(table, now));
    const { batchItemFailures } = await deliverBatch(event.Records, {
      deliver: (entry) => deliver(entry, parts),
      remainingMs,
      onOutcome: ({ kind, ref, event: { changeId, licenseStatus } }, result) =>
        logDelivery({ kind, ...ref, changeId, licenseStatus }, result),
      onError: logError,
    });
    return { batchItemFailures: [...unpromoted, ...batchItemFailures] };
  });
}

function promote(table: Table, domainId: string, isTimeUp: () => boolean): Promise<PromotionResult> {
  const retentionDays = Number(requireEnv(ENV.auditRetentionDays));
  return promoteQueued(new SeatQueue(table, domainId, retentionDays), { now, isTimeUp });
}

function logPromotion(domainId: string, { promoted, finished }: PromotionResult): void {
  if (promoted === 0 && finished) return;
  addMetric('LicensesPromoted', promoted);
  logger.info('Seats assigned', { domainId, promoted, finished });
}

function logPromotionError(domainId: string, error: unknown): void {
  addMetric('PromotionFailed');
  logger.error('Assigning seats failed and will be retried', {
    domainId,
    ...errorFields(error),
  });
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
