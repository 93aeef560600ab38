import type { Context } from 'aws-lambda';
import { errorFields } from '../shared/error-fields';
import type { ReminderOutcome } from '../shared/mail/reminders/deliver-reminder';
import type { DueReminder } from '../shared/mail/reminders/due-reminders';
import { sendKeyReminders } from '../shared/mail/reminders/send-reminders';
import { readPortalUrl } from '../shared/mail/reminders/portal-url';
import { openTable } from '../shared/store/table/table';
import { addMetric, logger, withTelemetry } from '../shared/telemetry';

const METRICS: Partial<Record<ReminderOutcome['outcome'], string>> = {
  sent: 'KeyReminderSent',
  suppressed: 'KeyReminderSuppressed',
  failed: 'KeyReminderRefused',
  retried: 'KeyReminderFailed',
  overBudget: 'MailOverBudget',
};

/** Reminds administrators of SCIM keys that expire; see docs/mail.md. */
export async function handler(event: unknown, context: Context): Promise<void> {
  await withTelemetry(context, event, () =>
    sendKeyReminders(openTable(), {
      now: () => new Date(),
      remainingMs: () => context.getRemainingTimeInMillis(),
      portalUrl: () => readPortalUrl().catch(withoutLink),
      onOutcome: logOutcome,
      onError: logError,
    }),
  );
}

function logOutcome({ ref }: DueReminder, result: ReminderOutcome): void {
  const metric = METRICS[result.outcome];
  if (metric) addMetric(metric);
  logger[result.error === undefined ? 'info' : 'warn']('Key reminder', { ...ref, ...result });
}

/** The error may contain an address, so it is not logged unchanged. */
function logError(fields: object, error: unknown): void {
  addMetric('KeyReminderFailed');
  logger.error('Key reminder failed and will be retried', { ...fields, ...errorFields(error) });
}

/** A reminder without a link is better than none. */
function withoutLink(error: unknown): undefined {
  logger.warn('The address of the portal cannot be read', errorFields(error));
}
