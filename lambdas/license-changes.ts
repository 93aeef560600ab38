import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { withoutLocalParts } from '../shared/mail/address';
import { deliver } from '../shared/mail/deliver';
import type { Delivery, DeliveryOutcome } from '../shared/mail/delivery';
import { openDelivery } from '../shared/mail/open-delivery';
import { metricOf } from '../shared/mail/metrics';
import type { PlannedEntry } from '../shared/mail/planned-mail';
import { handleBatch } from '../shared/mail/stream-batch';
import { openTable } from '../shared/store/table';

const logger = new Logger();
const metrics = new Metrics({ namespace: 'ScimProvisioning' });

let delivery: Delivery | undefined;

/** Writes the histories of the licenses that a batch of the table's stream tells of, and sends their mails; see docs/mail.md. */
export async function handler(event: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> {
  logger.addContext(context);
  delivery ??= await openDelivery(openTable());
  const wired = delivery;
  try {
    return await handleBatch(event.Records, {
      deliver: (entry) => deliver(entry, wired),
      remainingMs: () => context.getRemainingTimeInMillis(),
      onOutcome: tellOutcome,
      onError: tellError,
    });
  } finally {
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  }
}

function tellOutcome({ kind, ref, event }: PlannedEntry, result: DeliveryOutcome): void {
  const metric = metricOf(result);
  if (metric) metrics.addMetric(metric, MetricUnit.Count, 1);
  const { changeId, licenseStatus } = event;
  logger['error' in result ? 'warn' : 'info']('License mail', {
    kind,
    ...ref,
    changeId,
    licenseStatus,
    ...result,
  });
}

/** The record itself holds an address, and so may the error: neither is logged as it is. */
function tellError({ dynamodb, eventID }: DynamoDBRecord, error: unknown): void {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  metrics.addMetric('LicenseChangeFailed', MetricUnit.Count, 1);
  logger.error('License change failed and is tried again', {
    eventID,
    sequenceNumber: dynamodb?.SequenceNumber,
    errorName: name,
    errorMessage: withoutLocalParts(message),
  });
}
