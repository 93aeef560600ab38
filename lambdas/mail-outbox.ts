import type { Context, SQSEvent } from 'aws-lambda';
import { errorFields } from '../shared/logging/error-fields';
import { deliverDue } from '../shared/mail/delivery/deliver-due';
import type { Delivery } from '../shared/mail/delivery/delivery';
import { logDelivery } from '../shared/mail/delivery/log-delivery';
import { openDelivery } from '../shared/mail/delivery/open-delivery';
import { hasDueMails } from '../shared/mail/outbox/due-mails';
import { runOutbox } from '../shared/mail/outbox/outbox-run';
import { outboxRate, SendRate, workersFor } from '../shared/mail/outbox/send-rate';
import { wakeOutbox } from '../shared/mail/outbox/wake-outbox';
import { sendQuotaReader } from '../shared/mail/ses/send-quota';
import { LicenseStore } from '../shared/store/licenses/license-store';
import { OutboxRunStore, type RunLease } from '../shared/store/mail/outbox-run-store';
import type { OutboxEntry } from '../shared/store/mail/outbox-store';
import { openTable, type Table } from '../shared/store/table/table';
import { addMetric, logger, withTelemetry } from '../shared/logging/telemetry';

/** Emails that are due in this time do not wait for the next run. */
const LINGER_MS = 1_500;

const now = (): Date => new Date();

let delivery: Delivery | undefined;
let sendQuota: (() => Promise<number>) | undefined;

/**
 * Sends the due emails of the outbox, the domains in turn; see docs/mail.md. A schedule runs it, and a
 * message of a function that has put emails into the outbox. Only one run sends at a time.
 */
export async function handler(event: SQSEvent | object, context: Context): Promise<void> {
  await withTelemetry(context, event, async () => {
    const table = openTable();
    const parts = (delivery ??= await openDelivery(table, now));
    // Most minutes have nothing to send, and then no lease is written.
    if (!('Records' in event) && !(await hasDueMails(parts.outbox, now())))
      return addMetric('OutboxAge', 0, 'Seconds');
    const runs = new OutboxRunStore(table);
    const lease = await runs.request(now());
    if (lease) await sendDueMails(lease, { runs, parts, table, context });
  });
}

async function sendDueMails(
  lease: RunLease,
  { runs, parts, table, context }: { runs: OutboxRunStore; parts: Delivery; table: Table; context: Context },
): Promise<void> {
  const licenses = new LicenseStore(table);
  const { outbox, delays, sleep } = parts;
  sendQuota ??= sendQuotaReader({
    now,
    onUsed: (percent) => addMetric('SesQuotaUsed', percent, 'Percent'),
    onError: logQuotaError,
  });
  const perSecond = outboxRate(await sendQuota());
  const rate = new SendRate(perSecond, { now, sleep });
  const paced: Delivery = {
    ...parts,
    send: async (...mail) => {
      await rate.wait();
      return parts.send(...mail);
    },
  };
  const lateMs = await runOutbox(lease, {
    outbox,
    runs,
    now,
    sleep,
    lingerMs: LINGER_MS,
    isPaused: (domainId) => delays.isPaused(domainId, now()),
    workers: workersFor(perSecond),
    deliver: (entry) => deliverDue(entry, paced, licenses),
    remainingMs: () => context.getRemainingTimeInMillis(),
    wake: wakeOutbox,
    onOutcome: ({ domainId, userId, mailId }, result) => {
      if (result.outcome === 'delayed' && result.isThrottled) rate.throttle();
      logDelivery({ domainId, userId, mailId }, result);
    },
    onError: logError,
  });
  addMetric('OutboxAge', lateMs / 1_000, 'Seconds');
}

function logQuotaError(error: unknown): void {
  logger.warn('SES did not report its quota', { ...errorFields(error) });
}

/** The error may contain an address, so it is not logged unchanged. */
function logError({ domainId, userId, mailId }: OutboxEntry, error: unknown): void {
  addMetric('OutboxMailFailed');
  logger.error('Email from the outbox failed and will be retried', {
    domainId,
    userId,
    mailId,
    ...errorFields(error),
  });
}
