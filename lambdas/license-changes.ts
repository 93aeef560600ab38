import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { ENV, requireEnv } from '../shared/env';
import { errorFields } from '../shared/error-fields';
import { deliver } from '../shared/mail/delivery/deliver';
import { type Delivery, type DeliveryOutcome, metricOf } from '../shared/mail/delivery/delivery';
import { openDelivery } from '../shared/mail/delivery/open-delivery';
import type { PlannedEntry } from '../shared/mail/content/planned-mail';
import { deliverBatch } from '../shared/mail/delivery/delivery-batch';
import { promoteQueued, type PromotionResult } from '../shared/service/licenses/promotion';
import { promoteBatch } from '../shared/service/licenses/promotion-batch';
import { SeatQueue } from '../shared/store/licenses/seat-queue';
import { openTable, type Table } from '../shared/store/table/table';

const logger = new Logger();
const metrics = new Metrics({ namespace: 'ScimProvisioning' });
const now = (): Date => new Date();

let delivery: Delivery | undefined;

/**
 * Processes the license changes in a batch of the table's stream: assigns free seats to pending licenses,
 * stores the entries of the licenses' histories, and sends their emails. See docs/mail.md.
 */
export async function handler(event: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> {
  logger.addContext(context);
  const table = openTable();
  const remainingMs = () => context.getRemainingTimeInMillis();
  try {
    const unpromoted = await promoteBatch(event.Records, {
      promote: (domainId, isTimeUp) => promote(table, domainId, isTimeUp),
      remainingMs,
      onResult: logPromotion,
      onError: logPromotionError,
    });
    const parts = (delivery ??= await openDelivery(table, now));
    const { batchItemFailures } = await deliverBatch(event.Records, {
      deliver: (entry) => deliver(entry, parts),
      remainingMs,
      onOutcome: logOutcome,
      onError: logError,
    });
    return { batchItemFailures: [...unpromoted, ...batchItemFailures] };
  } finally {
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  }
}

function promote(table: Table, domainId: string, isTimeUp: () => boolean): Promise<PromotionResult> {
  const retentionDays = Number(requireEnv(ENV.auditRetentionDays));
  return promoteQueued(new SeatQueue(table, domainId, retentionDays), { now, isTimeUp });
}

function logPromotion(domainId: string, { promoted, finished }: PromotionResult): void {
  metrics.addMetric('LicensesPromoted', MetricUnit.Count, promoted);
  logger.info('Seats assigned', { domainId, promoted, finished });
}

function logPromotionError(domainId: string, error: unknown): void {
  metrics.addMetric('PromotionFailed', MetricUnit.Count, 1);
  logger.error('Assigning seats failed and will be retried', {
    domainId,
    ...errorFields(error),
  });
}

function logOutcome({ kind, ref, event }: PlannedEntry, result: DeliveryOutcome): void {
  const metric = metricOf(result);
  if (metric) metrics.addMetric(metric, MetricUnit.Count, 1);
  const { changeId, licenseStatus } = event;
  logger['error' in result ? 'warn' : 'info']('License email', {
    kind,
    ...ref,
    changeId,
    licenseStatus,
    ...result,
  });
}

/** The record contains an address, and the error may contain one. So neither is logged unchanged. */
function logError({ dynamodb, eventID }: DynamoDBRecord, error: unknown): void {
  metrics.addMetric('LicenseChangeFailed', MetricUnit.Count, 1);
  logger.error('License change failed and will be retried', {
    eventID,
    sequenceNumber: dynamodb?.SequenceNumber,
    ...errorFields(error),
  });
}
