import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { MessageQueue } from '../../../shared/queue/message-queue';
import { MailRedrive, type RedriveResult } from '../../../shared/service/mail/mail-redrive';
import { DomainStore } from '../../../shared/store/domains/domain-store';
import { LicenseHistory } from '../../../shared/store/licenses/license-history';
import type { LicenseRecord } from '../../../shared/store/licenses/license-record';
import { LicenseStore } from '../../../shared/store/licenses/license-store';
import { SeatQueue } from '../../../shared/store/licenses/seat-queue';
import { domainListKey } from '../../../shared/store/table/keys';
import type { Table } from '../../../shared/store/table/table';
import { documentClient } from '../store/document-client';
import { listMailsTo } from '../system/mails';
import { DeliveryHarness, expectPlannedEntry } from './delivery-harness';
import { activeLicense, type AddressedLicense, putLicense } from './license-images';
import { createTable, type TestQueues, useSesProxy, useTestQueues } from './mail-environment';
import type { SesProxy } from './ses-proxy';

const MAILS = 0;
const CHANGES = 1;

/** A license that has just been activated, the parts that deliver its emails, and both failure queues. */
export class RedriveFixture {
  ses!: SesProxy;
  table!: Table;
  harness!: DeliveryHarness;
  license!: AddressedLicense;
  /** Parts that report failures to the queue, as the functions do. */
  readonly reporting = {
    reportFailure: (ref: object, error: string) => this.send(MAILS, { ...ref, error }),
  };
  /** The same, while SES is down. */
  readonly failing = { ...this.reporting, send: () => Promise.reject(new Error('SES is down.')) };
  private queues!: TestQueues;

  async open(): Promise<void> {
    this.ses = await useSesProxy();
    this.queues = await useTestQueues();
  }

  async close(): Promise<void> {
    await this.ses.close();
    await this.queues.close();
  }

  /** Starts a test with a new table. */
  async reset(): Promise<void> {
    this.table = await createTable();
    this.queues.empty();
    this.ses.faults.length = 0;
    this.harness = new DeliveryHarness(this.table);
    this.license = activeLicense({
      email: `jane-${randomUUID()}@example.com`,
      changedAt: this.harness.now().toISOString(),
    });
    await putLicense(this.table, this.license);
    const Item = { ...domainListKey('domain-1'), name: 'Example' };
    await documentClient(this.table).send(new PutCommand({ TableName: this.table.name, Item }));
  }

  redrive(): Promise<RedriveResult> {
    const { table, harness } = this;
    const { mails, outbox } = harness.delivery;
    return new MailRedrive({
      domains: new DomainStore(table, 365),
      licenses: new LicenseStore(table),
      history: new LicenseHistory(table),
      mails,
      outbox,
      mailFailures: new MessageQueue(this.queues.urls[MAILS], 0),
      changeFailures: new MessageQueue(this.queues.urls[CHANGES], 0),
      requestPromotion: (domainId, now) => new SeatQueue(table, domainId, 365).requestPromotion(now),
      now: () => harness.now(),
      sleep: () => Promise.reject(new Error('The test expects no wait.')),
    }).run();
  }

  /** Returns the license with the current time as that of its change. */
  changedNow(license: LicenseRecord): LicenseRecord {
    return { ...license, changedAt: this.harness.now().toISOString() };
  }

  /** Stores the changed license, and delivers the change. Returns the license, and the outcome. */
  async deliverChange(before: LicenseRecord, after: LicenseRecord): Promise<[LicenseRecord, string]> {
    const changed = this.changedNow(after);
    await putLicense(this.table, changed);
    return [changed, await this.harness.deliver(expectPlannedEntry(before, changed))];
  }

  /** Stores the changed license. The record of its change is abandoned. */
  async abandon(license: LicenseRecord): Promise<LicenseRecord> {
    const changed = this.changedNow(license);
    await putLicense(this.table, changed);
    await this.sendAbandonedRecords();
    return changed;
  }

  /** Sends Lambda's message about abandoned records that the stream has just received. */
  sendAbandonedRecords(): Promise<void> {
    const at = this.harness.now().toISOString();
    return this.send(CHANGES, {
      requestContext: { condition: 'RetryAttemptsExhausted' },
      DDBStreamBatchInfo: {
        shardId: 'shard-1',
        approximateArrivalOfFirstRecord: at,
        approximateArrivalOfLastRecord: at,
        batchSize: 1,
      },
    });
  }

  sendMailFailure(message: unknown): Promise<void> {
    return this.send(MAILS, message);
  }

  sendChangeFailure(message: unknown): Promise<void> {
    return this.send(CHANGES, message);
  }

  /** The messages of the queue of failed emails. */
  get mailFailures(): readonly unknown[] {
    return this.queues.messages(MAILS);
  }

  /** The messages of the queue of abandoned changes. */
  get changeFailures(): readonly unknown[] {
    return this.queues.messages(CHANGES);
  }

  /** Returns the subjects of the emails that the user received, oldest first. */
  async subjects(): Promise<string[]> {
    return (await listMailsTo(this.license.email)).map(({ subject }) => subject);
  }

  private send(queue: 0 | 1, message: unknown): Promise<void> {
    return new MessageQueue<unknown>(this.queues.urls[queue]).send(message);
  }
}

/** Registers the hooks that give each test a new license in a table of its own. */
export function useRedriveFixture(): RedriveFixture {
  const fixture = new RedriveFixture();
  beforeAll(() => fixture.open());
  beforeEach(() => fixture.reset());
  afterAll(() => fixture.close());
  return fixture;
}
