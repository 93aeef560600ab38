import { setTimeout as sleep } from 'node:timers/promises';
import { ENV, requireEnv } from '../../env';
import { readMailBudget } from '../../limits/mail-budget';
import { KeyCheckPosition } from '../../store/credentials/key-check-position';
import { CredentialStore } from '../../store/credentials/credential-store';
import { DomainStore } from '../../store/domains/domain-store';
import { KeyReminderStore } from '../../store/mail/key-reminder-store';
import { MailBudgetStore } from '../../store/mail/mail-budget-store';
import { MailDelays } from '../../store/mail/mail-delay';
import { SuppressionStore } from '../../store/mail/suppression-store';
import type { Table } from '../../store/table/table';
import { openMailTemplates } from '../content/open-templates';
import { renderKeyExpiry } from '../content/render-key-expiry';
import { runDeliveries, MAX_DUE_DELIVERY_MS } from '../outbox/delivery-run';
import { sesSender, type SendMail } from '../ses/ses-sender';
import { parseMailSettings } from '../settings';
import { deliverReminder, REMINDER_LEASE_MS, type ReminderOutcome } from './deliver-reminder';
import { dueReminders, type DueReminder } from './due-reminders';

/** The parts of a run that a test may replace. */
export interface ReminderRun {
  readonly now: () => Date;
  /** Milliseconds until Lambda ends this invocation. */
  readonly remainingMs: () => number;
  readonly send: SendMail;
  readonly sleep: (ms: number) => Promise<void>;
  /** Returns the origin of the portal, if there is one. Called when the first reminder is sent. */
  readonly portalUrl: () => Promise<string | undefined>;
  readonly onOutcome: (reminder: DueReminder, outcome: ReminderOutcome) => void;
  /** Called for each domain or reminder that failed before SES was called. The next run tries again. */
  readonly onError: (fields: object, error: unknown) => void;
}

/** Sends the due reminders of all domains once, according to the environment of the deployed function. */
export async function sendKeyReminders(
  table: Table,
  run: Omit<ReminderRun, 'send' | 'sleep'> & Partial<ReminderRun>,
): Promise<void> {
  const settings = parseMailSettings(requireEnv(ENV.mailSettings));
  const templates = openMailTemplates(requireEnv(ENV.mailTemplates));
  const reminders = new KeyReminderStore(table, REMINDER_LEASE_MS);
  const budget = new MailBudgetStore(table);
  const domains = new MailDelays(table);
  let portalUrl: Promise<string | undefined> | undefined;
  const delivery = {
    reminders,
    suppressed: new SuppressionStore(table),
    claimHour: async (domainId: string, at: Date) => {
      const { emailsPerHour = readMailBudget().emailsPerHour } = await domains.current(domainId, at);
      return budget.claimHour(domainId, emailsPerHour, at);
    },
    render: async ({ key }: DueReminder) => {
      portalUrl ??= run.portalUrl();
      return renderKeyExpiry(key, settings, templates, { now: run.now(), portalUrl: await portalUrl });
    },
    // One attempt: if the response is lost, the delivery event of SES shows whether the email was sent.
    send: run.send ?? sesSender(settings, 1),
    now: run.now,
  };
  const due = dueReminders({
    domains: new DomainStore(table, Number(requireEnv(ENV.auditRetentionDays))),
    keys: new CredentialStore(table),
    reminders,
    position: new KeyCheckPosition(table),
    alarmAddress: process.env[ENV.alarmEmail] || undefined,
    now: run.now,
    isTimeUp: () => run.remainingMs() < MAX_DUE_DELIVERY_MS,
    onError: (domainId, error) => run.onError({ domainId }, error),
  });
  try {
    await runDeliveries<DueReminder, ReminderOutcome>({
      next: async () => {
        const next = await due.next();
        return next.done ? undefined : next.value;
      },
      deliver: (reminder) => deliverReminder(reminder, delivery),
      remainingMs: run.remainingMs,
      sleep: run.sleep ?? ((ms) => sleep(ms)),
      onOutcome: run.onOutcome,
      onError: ({ ref }, error) => run.onError(ref, error),
    });
  } finally {
    // Stores where the next run continues, if this one ended early.
    await due.return(undefined);
  }
}
