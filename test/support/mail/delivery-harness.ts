import { randomUUID } from 'node:crypto';
import { deriveLicenseKey } from '../../../shared/license-key';
import { deliver } from '../../../shared/mail/delivery/deliver';
import { deliverDue } from '../../../shared/mail/delivery/deliver-due';
import { CLAIM_LEASE_MS, type Delivery, type DeliveryOutcome } from '../../../shared/mail/delivery/delivery';
import { runOutbox } from '../../../shared/mail/delivery/outbox-run';
import { SendPause } from '../../../shared/mail/delivery/retry-delay';
import { planEntry, type PlannedEntry } from '../../../shared/mail/content/planned-mail';
import { renderMail } from '../../../shared/mail/content/render';
import { sesSender } from '../../../shared/mail/ses/ses-sender';
import type { LicenseRecord } from '../../../shared/store/licenses/license-record';
import { LicenseStore } from '../../../shared/store/licenses/license-store';
import type { MailItem, MailRef } from '../../../shared/store/mail/mail-item';
import { MailStore } from '../../../shared/store/mail/mail-store';
import { OutboxStore } from '../../../shared/store/mail/outbox-store';
import type { Table } from '../../../shared/store/table/table';
import { builtInTemplates } from './built-in-templates';

const RETENTION_DAYS = 365;

const settings = {
  sender: 'licenses@example.com',
  productName: 'Example Product',
  colour: '#0b5cab',
  supportAddress: 'support@example.com',
  language: 'en',
  configurationSet: 'license-mail',
};

/** Delivers mails as the functions do, by a clock that the test moves, in a table of its own. */
export class DeliveryHarness {
  /** What the operator was told of, in order. */
  readonly reportedFailures: (MailRef & { error: string })[] = [];
  /** Addresses of which it was noted that no mail can go there. */
  readonly undeliverable: (MailRef & { email: string; error: string })[] = [];
  /** What came of the mails of the outbox in the last run. */
  outcomes: DeliveryOutcome[] = [];
  /** Of the domain of the test, in milliseconds. */
  delayMs = 0;
  /** The clock moves only when the test moves it. */
  private readonly startMs = Date.now();
  private clockOffsetMs = 0;
  readonly delivery: Delivery;

  constructor(private readonly table: Table) {
    this.delivery = {
      mails: new MailStore(table, { leaseMs: CLAIM_LEASE_MS, retentionDays: RETENTION_DAYS }),
      outbox: new OutboxStore(table, RETENTION_DAYS),
      delays: { get: () => Promise.resolve(this.delayMs) },
      beforeSend: [],
      render: (mail) =>
        renderMail(
          mail.kind === 'license-key'
            ? { kind: mail.kind, key: deriveLicenseKey('secret', { ...mail.ref, ...mail }) }
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

  /** Milliseconds that were slept or waited. */
  get elapsedMs(): number {
    return this.clockOffsetMs;
  }

  advance(ms: number): void {
    this.clockOffsetMs += ms;
  }

  async deliver(entry: PlannedEntry, own: Partial<Delivery> = {}): Promise<string> {
    return (await deliver(entry, { ...this.delivery, ...own })).outcome;
  }

  /** A run of the outbox as of now; gives the outcomes. */
  async runOutbox(own: Partial<Delivery> = {}): Promise<string[]> {
    const outcomes: DeliveryOutcome[] = [];
    const delivery = { ...this.delivery, ...own };
    const licenses = new LicenseStore(this.table);
    await runOutbox({
      due: delivery.outbox.dueBy(this.now()),
      deliver: (entry) => deliverDue(entry, delivery, licenses),
      remainingMs: () => 60_000,
      sleep: delivery.sleep,
      onOutcome: (_, outcome) => outcomes.push(outcome),
      onError: (_, error) => {
        throw error;
      },
    });
    this.outcomes = outcomes;
    return outcomes.map(({ outcome }) => outcome);
  }

  readItem({ ref }: PlannedEntry): Promise<MailItem | undefined> {
    return this.delivery.mails.read(ref);
  }

  /** How many mails wait in the outbox, due or not. */
  async countOutbox(): Promise<number> {
    let count = 0;
    for await (const _ of this.delivery.outbox.dueBy(new Date('2999-01-01'))) count++;
    return count;
  }
}

/** The entry that a change calls for. */
export function expectPlannedEntry(before: LicenseRecord | undefined, after: LicenseRecord): PlannedEntry {
  const entry = planEntry(before, after);
  if (!entry) throw new Error('The test expects an entry.');
  return entry;
}

/** The license after an administrator asked for its mail again. */
export const withResendRequest = (license: LicenseRecord): LicenseRecord => ({
  ...license,
  resendId: randomUUID(),
});

/** The license after another activation. */
export const reactivatedLicense = ({ reason: _reason, ...license }: LicenseRecord): LicenseRecord => ({
  ...license,
  status: 'active',
  changeId: randomUUID(),
  activationId: randomUUID(),
});
