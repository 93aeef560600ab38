import { randomUUID } from 'node:crypto';
import { ENV } from '../../../shared/env';
import { newId } from '../../../shared/id';
import { sendKeyReminders, type ReminderRun } from '../../../shared/mail/reminders/send-reminders';
import type { Domain } from '../../../shared/store/domains/domain-store';
import { domainKey, domainListKey, credentialKey } from '../../../shared/store/table/keys';
import type { Table } from '../../../shared/store/table/table';
import { domainRecord } from '../store/records';
import { listMailsTo } from '../system/mails';
import { writeTemplatesFile } from './built-in-templates';
import { createTable, useSesProxy } from './mail-environment';
import type { SesProxy } from './ses-proxy';

const DAY_MS = 86_400_000;

/** Runs the reminders of SCIM keys on a table of its own, with a clock that the test sets. */
export class ReminderHarness {
  /** The outcomes and the errors of all runs. */
  readonly outcomes: string[] = [];
  readonly errors: unknown[] = [];
  now = new Date('2026-06-01T00:00:00.000Z');
  portalUrl: string | undefined = 'https://licenses.example.com';
  private startMs = 0;

  private constructor(
    readonly table: Table,
    readonly ses: SesProxy,
  ) {}

  static async open(): Promise<ReminderHarness> {
    const harness = new ReminderHarness(await createTable(), await useSesProxy());
    process.env[ENV.mailSettings] = JSON.stringify({
      sender: 'licenses@example.com',
      productName: 'Example Product',
      color: '#0b5cab',
      supportAddress: 'support@example.com',
      language: 'en',
      configurationSet: 'license-mail',
    });
    process.env[ENV.mailTemplates] = writeTemplatesFile();
    process.env[ENV.auditRetentionDays] = '365';
    return harness;
  }

  /** Starts a test: no faults, no outcomes, and nobody gets the reminders of all domains. */
  reset(): void {
    this.ses.faults.length = 0;
    this.ses.requests.length = 0;
    this.outcomes.length = 0;
    this.errors.length = 0;
    delete process.env[ENV.alarmEmail];
    // The domains of earlier tests stay in the table. After this time, no reminder of them is due.
    this.startMs += 2000 * DAY_MS;
    this.now = new Date(Date.parse('2026-06-01T00:00:00.000Z') + this.startMs);
  }

  /** Stores a domain that notifies one new address. Returns the domain with this address. */
  async createDomain(more: Partial<Domain> = {}): Promise<Domain & { address: string }> {
    const address = `it-${randomUUID()}@example.com`;
    const domain = domainRecord({ notifyAddresses: [address], ...more });
    await this.putDomain(domain);
    return { ...domain, address };
  }

  async putDomain(domain: Domain): Promise<void> {
    await this.table.put({ ...domainKey(domain.domainId), ...domain });
    await this.table.put({ ...domainListKey(domain.domainId), name: domain.name });
  }

  /** Stores a key that expires in `days`, and that was created `ageDays` ago. Returns its id. */
  async createKey(
    { domainId }: { readonly domainId: string },
    days: number,
    { ageDays = 1000, name = 'Okta', ...more }: { ageDays?: number; name?: string; revokedAt?: string } = {},
  ): Promise<string> {
    const keyId = newId();
    await this.table.put({
      ...credentialKey(domainId, keyId),
      ...{ keyId, name, hash: 'hash', ...more },
      createdAt: new Date(this.now.getTime() - ageDays * DAY_MS).toISOString(),
      expireTime: new Date(this.now.getTime() + days * DAY_MS).toISOString(),
    });
    return keyId;
  }

  advance(days: number): void {
    this.now = new Date(this.now.getTime() + days * DAY_MS);
  }

  /** Runs the reminders once. */
  run(parts: Partial<ReminderRun> = {}): Promise<void> {
    return sendKeyReminders(this.table, {
      now: () => this.now,
      remainingMs: () => 600_000,
      sleep: () => Promise.resolve(),
      portalUrl: () => Promise.resolve(this.portalUrl),
      onOutcome: (_, { outcome }) => this.outcomes.push(outcome),
      onError: (_, error) => this.errors.push(error),
      ...parts,
    });
  }

  /** Runs the reminders eight times a day for some days. */
  async runFor(days: number): Promise<void> {
    for (let run = 0; run < days * 8; run++) {
      await this.run();
      this.advance(1 / 8);
    }
  }

  async subjectsTo(address: string): Promise<string[]> {
    return (await listMailsTo(address)).map(({ subject }) => subject);
  }
}
