import type { Context } from 'aws-lambda';
import { ENV, requireEnv } from '../shared/env';
import { errorFields } from '../shared/logging/error-fields';
import type { ReminderOutcome } from '../shared/mail/reminders/deliver-reminder';
import type { DueReminder } from '../shared/mail/reminders/due-reminders';
import { sendKeyReminders } from '../shared/mail/reminders/send-reminders';
import { readPortalUrl } from '../shared/portal/portal-url';
import { readCounts } from '../shared/store/domains/counts';
import { DomainStore } from '../shared/store/domains/domain-store';
import { sumDomains } from '../shared/store/domains/domain-totals';
import { openTable, type Table } from '../shared/store/table/table';
import { UsageRecorder } from '../shared/store/usage/usage-recorder';
import { addMetric, logger, withTelemetry } from '../shared/logging/telemetry';

const METRICS: Partial<Record<ReminderOutcome['outcome'], string>> = {
  sent: 'KeyReminderSent',
  suppressed: 'KeyReminderSuppressed',
  failed: 'KeyReminderRefused',
  retried: 'KeyReminderFailed',
  overBudget: 'MailOverBudget',
};

/** The time that the totals leave for the end of the invocation. */
const TIME_RESERVE_MS = 30_000;

/**
 * Reminds administrators of SCIM keys that expire; see docs/mail.md. Then counts licenses and seats for the
 * dashboard, and records them once a day, because no other function visits all domains.
 */
export async function handler(event: unknown, context: Context): Promise<void> {
  await withTelemetry(context, event, async () => {
    const table = openTable();
    await sendKeyReminders(table, {
      now: () => new Date(),
      remainingMs: () => context.getRemainingTimeInMillis(),
      portalUrl: () => readPortalUrl().catch(withoutLink),
      onOutcome: logOutcome,
      onError: logError,
    });
    await reportTotals(table, () => context.getRemainingTimeInMillis() < TIME_RESERVE_MS).catch(
      (error: unknown) => logger.warn('The domains were not counted', errorFields(error)),
    );
  });
}

async function reportTotals(table: Table, isTimeUp: () => boolean): Promise<void> {
  const recorder = await UsageRecorder.open(table, new Date());
  const totals = await sumDomains({
    domains: new DomainStore(table, Number(requireEnv(ENV.auditRetentionDays))),
    countsOf: async (domainId) => {
      const counts = await readCounts(table, domainId);
      await recorder.record(domainId, counts);
      return counts;
    },
    isTimeUp,
  });
  if (!totals) return logger.warn('There was no time to count the domains');
  addMetric('ActiveLicenses', totals.activeLicenses);
  addMetric('WaitingLicenses', totals.waitingLicenses);
  addMetric('FreeSeats', totals.freeSeats);
  await recorder.finish();
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
