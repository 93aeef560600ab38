import { deriveLicenseKey } from '../../../shared/license-key';
import { deliver, type DeliverOptions } from '../../../shared/mail/delivery/deliver';
import { deliverDue } from '../../../shared/mail/delivery/deliver-due';
import { CLAIM_LEASE_MS, type Delivery, type DeliveryOutcome } from '../../../shared/mail/delivery/delivery';
import { runDeliveries } from '../../../shared/mail/outbox/delivery-run';
import { DueMails } from '../../../shared/mail/outbox/due-mails';
import { MailBudget } from '../../../shared/mail/delivery/mail-budget';
import { SendPause } from '../../../shared/mail/delivery/retry-delay';
import { planEntry, type PlannedEntry } from '../../../shared/mail/content/planned-mail';
import { renderMail } from '../../../shared/mail/content/render';
import { sesSender } from '../../../shared/mail/ses/ses-sender';
import { newId } from '../../../shared/id';
import type { LicenseRecord } from '../../../shared/store/licenses/license-record';
import { MailRefusals } from '../../../shared/store/licenses/mail-problem';
import { LicenseStore } from '../../../shared/store/licenses/license-store';
import type { MailItem, MailRef } from '../../../shared/store/mail/mail-item';
import { MailStore } from '../../../shared/store/mail/mail-store';
import { MailBudgetStore } from '../../../shared/store/mail/mail-budget-store';
import { OutboxStore, type DuePage, type OutboxEntry } from '../../../shared/store/mail/outbox-store';
import type { Table } from '../../../shared/store/table/table';
import { builtInTemplates } from './built-in-templates';
import { newActivation } from './license-images';

const RETENTION_DAYS = 365;

const settings = {
  sender: 'licenses@example.com',
  productName: 'Example Product',
  color: '#0b5cab',
  supportAddress: 'support@example.com',
  language: 'en',
  configurationSet: 'license-mail',
};

/** Delivers emails as the functions do, with a clock that the test advances. */
export class DeliveryHarness {
  /** The failures that were reported to the operator, in order. */
  readonly reportedFailures: (MailRef & { error: string })[] = [];
  /** The addresses that were recorded as undeliverable. */
  readonly undeliverable: (MailRef & { email: string; error: string })[] = [];
  /** The outcomes of the last run of the outbox. */
  outcomes: DeliveryOutcome[] = [];
  /** The email delay of the domain, in milliseconds. */
  delayMs = 0;
  /** Whether the emails of the domain are paused. */
  isPaused = false;
  /** The limits of the domain. Most tests do not wait between two emails to one address. */
  readonly limits = { minutesPerAddress: 0, emailsPerHour: 10_000 };
  /** The clock only moves when the test advances it. */
  private readonly startMs = Date.now();
  private clockOffsetMs = 0;
  readonly delivery: Delivery;

  constructor(private readonly table: Table) {
    this.delivery = {
      mails: new MailStore(table, { leaseMs: CLAIM_LEASE_MS, retentionDays: RETENTION_DAYS }),
      outbox: new OutboxStore(table, RETENTION_DAYS),
      delays: {
        get: () => Promise.resolve(this.delayMs),
        isPaused: () => Promise.resolve(this.isPaused),
      },
      budget: new MailBudget({
        store: new MailBudgetStore(table),
        domains: { current: () => Promise.resolve({ delayMs: this.delayMs, isPaused: this.isPaused }) },
        defaults: this.limits,
      }),
      beforeSend: [],
      render: (mail) =>
        renderMail(
          mail.kind === 'license-key'
            ? {
                kind: mail.kind,
                key: deriveLicenseKey('secret', { ...mail.ref, ...mail }),
                keyChange: mail.event.keyChange,
              }
            : mail,
          mail.holder,
          settings,
          builtInTemplates,
        ),
      send: sesSender(settings),
      pause: new SendPause(),
      reportFailure: (ref, error) => {
        this.reportedFailures.push({ ...ref, error });
        return Promise.resolve();
      },
      recordUndeliverable: (ref, email, error) => {
        this.undeliverable.push({ ...ref, email, error });
        return Promise.resolve();
      },
      refusals: new MailRefusals(table),
      now: () => this.now(),
      random: () => 0.5,
      sleep: (ms) => {
        this.advance(ms);
        return Promise.resolve();
      },
    };
  }

  now(): Date {
    return new Date(this.startMs + this.clockOffsetMs);
  }

  /** The milliseconds that have passed through waits and advances of the clock. */
  get elapsedMs(): number {
    return this.clockOffsetMs;
  }

  advance(ms: number): void {
    this.clockOffsetMs += ms;
  }

  async deliver(
    entry: PlannedEntry,
    parts: Partial<Delivery> = {},
    options: DeliverOptions = {},
  ): Promise<string> {
    return (await deliver(entry, { ...this.delivery, ...parts }, options)).outcome;
  }

  /** Runs the outbox and returns the outcomes. */
  async runOutbox(parts: Partial<Delivery> = {}): Promise<string[]> {
    const outcomes: DeliveryOutcome[] = [];
    const delivery = { ...this.delivery, ...parts };
    const licenses = new LicenseStore(this.table);
    const mails = new DueMails(delivery);
    await runDeliveries({
      next: () => mails.next(),
      deliver: (entry) => deliverDue(entry, delivery, licenses),
      remainingMs: () => 60_000,
      sleep: delivery.sleep,
      onOutcome: (_, outcome) => outcomes.push(outcome),
      onError: (_, error) => {
        throw error;
      },
    });
    await mails.finish();
    this.outcomes = outcomes;
    return outcomes.map(({ outcome }) => outcome);
  }

  readItem({ ref }: PlannedEntry): Promise<MailItem | undefined> {
    return this.delivery.mails.read(ref);
  }

  /** Returns the number of emails in the outbox, due or not. */
  async countOutbox(): Promise<number> {
    const { outbox } = this.delivery;
    return (await listOutbox(outbox, new Date('2999-01-01'))).length;
  }
}

/** Returns the emails in the outbox that are due by a time, the domains one after the other. */
export async function listOutbox(outbox: OutboxStore, by: Date): Promise<OutboxEntry[]> {
  const domainIds = new Set<string | undefined>([undefined]);
  for await (const minutes of outbox.minutes.begunBy(by))
    for (const { domainId } of minutes) domainIds.add(domainId);
  const entries: OutboxEntry[] = [];
  for (const domainId of domainIds) {
    let page: DuePage | undefined;
    do {
      page = await outbox.duePage(domainId, by, page?.next);
      entries.push(...page.entries);
    } while (page.next);
  }
  return entries;
}

/** Returns the entry of a change. */
export function expectPlannedEntry(before: LicenseRecord | undefined, after: LicenseRecord): PlannedEntry {
  const entry = planEntry(before, after);
  if (!entry) throw new Error('The test expects an entry.');
  return entry;
}

/** Returns the license with a new resend request. */
export const withResendRequest = (license: LicenseRecord): LicenseRecord => ({
  ...license,
  resendId: newId(),
});

/** Returns the license after another activation, with a new key. */
export const reactivatedLicense = (license: LicenseRecord): LicenseRecord => ({
  ...keptLicense(license),
  ...newActivation(),
});

/** Returns the license after another activation, with the same key. */
export const keptLicense = ({ reason: _reason, ...license }: LicenseRecord): LicenseRecord => ({
  ...license,
  status: 'active',
  changeId: newId(),
});

/** Returns the license after its key was replaced. */
export const replacedLicense = (license: LicenseRecord): LicenseRecord => ({
  ...license,
  ...newActivation(),
  replacedActivationId: license.activationId,
});
