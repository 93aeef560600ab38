import type { Context } from 'aws-lambda';
import { errorFields } from '../shared/error-fields';
import { deliverDue } from '../shared/mail/delivery/deliver-due';
import type { Delivery } from '../shared/mail/delivery/delivery';
import { logDelivery } from '../shared/mail/delivery/log-delivery';
import { openDelivery } from '../shared/mail/delivery/open-delivery';
import { runDeliveries } from '../shared/mail/delivery/delivery-run';
import { LicenseStore } from '../shared/store/licenses/license-store';
import type { OutboxEntry } from '../shared/store/mail/outbox-store';
import { openTable } from '../shared/store/table/table';
import { addMetric, logger, withTelemetry } from '../shared/telemetry';

let delivery: Delivery | undefined;

/** Sends the due emails of the outbox; see docs/mail.md. The event of the schedule is not used. */
export async function handler(_event: unknown, context: Context): Promise<void> {
  await withTelemetry(context, async () => {
    const table = openTable();
    const parts = (delivery ??= await openDelivery(table, () => new Date()));
    const licenses = new LicenseStore(table);
    const now = parts.now();
    const isPaused = (domainId: string) => parts.delays.isPaused(domainId, now);
    addMetric('OutboxAge', await parts.outbox.age(now, isPaused), 'Seconds');
    await runDeliveries({
      due: parts.outbox.dueBy(now),
      deliver: (entry) => deliverDue(entry, parts, licenses),
      remainingMs: () => context.getRemainingTimeInMillis(),
      sleep: parts.sleep,
      onOutcome: ({ domainId, userId, mailId }, result) => logDelivery({ domainId, userId, mailId }, result),
      onError: logError,
    });
  });
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
