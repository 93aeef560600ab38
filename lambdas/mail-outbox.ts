import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import { errorFields } from '../shared/error-fields';
import { deliverDue } from '../shared/mail/delivery/deliver-due';
import { type Delivery, type DeliveryOutcome, metricOf } from '../shared/mail/delivery/delivery';
import { openDelivery } from '../shared/mail/delivery/open-delivery';
import { runOutbox } from '../shared/mail/delivery/outbox-run';
import { LicenseStore } from '../shared/store/licenses/license-store';
import type { OutboxEntry } from '../shared/store/mail/outbox-store';
import { openTable } from '../shared/store/table/table';

const logger = new Logger();
const metrics = new Metrics({ namespace: 'ScimProvisioning' });

let delivery: Delivery | undefined;

/** Sends the due emails of the outbox; see docs/mail.md. The event of the schedule is not used. */
export async function handler(_event: unknown, context: Context): Promise<void> {
  logger.addContext(context);
  const table = openTable();
  const parts = (delivery ??= await openDelivery(table, () => new Date()));
  const licenses = new LicenseStore(table);
  const now = parts.now();
  try {
    metrics.addMetric('OutboxAge', MetricUnit.Seconds, await parts.outbox.age(now));
    await runOutbox({
      due: parts.outbox.dueBy(now),
      deliver: (entry) => deliverDue(entry, parts, licenses),
      remainingMs: () => context.getRemainingTimeInMillis(),
      sleep: parts.sleep,
      onOutcome: logOutcome,
      onError: logError,
    });
  } finally {
    metrics.publishStoredMetrics();
  }
}

function logOutcome({ domainId, userId, mailId }: OutboxEntry, result: DeliveryOutcome): void {
  const metric = metricOf(result);
  if (metric) metrics.addMetric(metric, MetricUnit.Count, 1);
  logger['error' in result ? 'warn' : 'info']('License email', { domainId, userId, mailId, ...result });
}

/** The error may contain an address, so it is not logged unchanged. */
function logError({ domainId, userId, mailId }: OutboxEntry, error: unknown): void {
  metrics.addMetric('OutboxMailFailed', MetricUnit.Count, 1);
  logger.error('Email from the outbox failed and will be retried', {
    domainId,
    userId,
    mailId,
    ...errorFields(error),
  });
}
