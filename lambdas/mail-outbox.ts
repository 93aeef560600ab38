import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import { errorFields } from '../shared/error-fields';
import { deliverDue } from '../shared/mail/delivery/deliver-due';
import type { Delivery, DeliveryOutcome } from '../shared/mail/delivery/delivery';
import { metricOf } from '../shared/mail/delivery/delivery-metrics';
import { openDelivery } from '../shared/mail/delivery/open-delivery';
import { runOutbox } from '../shared/mail/delivery/outbox-run';
import { LicenseStore } from '../shared/store/licenses/license-store';
import type { OutboxEntry } from '../shared/store/mail/outbox-store';
import { openTable } from '../shared/store/table/table';

const logger = new Logger();
const metrics = new Metrics({ namespace: 'ScimProvisioning' });

let delivery: Delivery | undefined;

/** Sends the mails of the outbox that are due; see docs/mail.md. The event says nothing. */
export async function handler(_event: unknown, context: Context): Promise<void> {
  logger.addContext(context);
  const table = openTable();
  delivery ??= await openDelivery(table);
  const wired = delivery;
  const licenses = new LicenseStore(table);
  const now = wired.now();
  try {
    metrics.addMetric('OutboxAge', MetricUnit.Seconds, await wired.outbox.age(now));
    await runOutbox({
      due: wired.outbox.dueBy(now),
      deliver: (entry) => deliverDue(entry, wired, licenses),
      remainingMs: () => context.getRemainingTimeInMillis(),
      sleep: wired.sleep,
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
  logger['error' in result ? 'warn' : 'info']('License mail', { domainId, userId, mailId, ...result });
}

/** The error may hold an address. */
function logError({ domainId, userId, mailId }: OutboxEntry, error: unknown): void {
  metrics.addMetric('OutboxMailFailed', MetricUnit.Count, 1);
  logger.error('License mail of the outbox failed and is tried again', {
    domainId,
    userId,
    mailId,
    ...errorFields(error),
  });
}
