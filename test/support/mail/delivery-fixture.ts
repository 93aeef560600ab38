import { randomUUID } from 'node:crypto';
import type { PlannedEntry } from '../../../shared/mail/content/planned-mail';
import type { LicenseRecord } from '../../../shared/store/licenses/license-record';
import type { Table } from '../../../shared/store/table/table';
import { listMailsTo } from '../system/mails';
import { DeliveryHarness, expectPlannedEntry } from './delivery-harness';
import { activeLicense, putLicense } from './license-images';
import { createTable, useSesProxy } from './mail-environment';
import type { SesProxy } from './ses-proxy';

/** The subjects of the emails that the tests send. */
export const KEY = 'Your Example Product license key';
export const NOTICE = 'Your Example Product license was deactivated';

export const MINUTE_MS = 60_000;

/** A license that has just been activated, and the parts that deliver its emails. */
export class DeliveryFixture {
  ses!: SesProxy;
  harness!: DeliveryHarness;
  email!: string;
  license!: LicenseRecord;
  /** The entry of the license's activation. */
  keyMail!: PlannedEntry;
  table!: Table;

  async open(): Promise<void> {
    this.table = await createTable();
    this.ses = await useSesProxy();
  }

  /** Starts a test with a new license. */
  async reset(given: Partial<LicenseRecord> = {}): Promise<void> {
    this.ses.faults.length = 0;
    this.restart();
    this.email = `jane-${randomUUID()}@example.com`;
    this.license = activeLicense({ email: this.email, ...given });
    this.keyMail = expectPlannedEntry(undefined, this.license);
    await this.store(this.license);
  }

  /** Replaces the process: all that it kept in memory is lost. */
  restart(): void {
    this.harness = new DeliveryHarness(this.table);
  }

  store(license: LicenseRecord): Promise<void> {
    return putLicense(this.table, license);
  }

  /** Stores the changed license and delivers the change. */
  async deliverChange(before: LicenseRecord, after: LicenseRecord): Promise<[PlannedEntry, string]> {
    await this.store(after);
    const entry = expectPlannedEntry(before, after);
    return [entry, await this.harness.deliver(entry)];
  }

  /** Returns the subjects of the emails that the user received, oldest first. */
  async subjects(): Promise<string[]> {
    return (await listMailsTo(this.email)).map(({ subject }) => subject);
  }

  /** Empties the outbox, whose emails would be due in the next test. */
  async emptyOutbox(): Promise<void> {
    this.harness.advance(10 * 365 * 86_400_000);
    await this.harness.runOutbox({ send: () => Promise.resolve('swept') });
  }
}

/** Registers the hooks that give each test a new license in a table of the file. */
export function useDeliveryFixture(): DeliveryFixture {
  const fixture = new DeliveryFixture();
  beforeAll(() => fixture.open());
  beforeEach(() => fixture.reset());
  afterEach(() => fixture.emptyOutbox());
  afterAll(() => fixture.ses.close());
  return fixture;
}
