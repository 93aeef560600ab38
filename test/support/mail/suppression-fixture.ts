import { randomUUID } from 'node:crypto';
import { SuppressionAdmin } from '../../../shared/service/mail/suppression-admin';
import type { MailEvent } from '../../../shared/store/mail/mail-event';
import { MailEventStore } from '../../../shared/store/mail/mail-event-store';
import type { MailRef } from '../../../shared/store/mail/mail-item';
import { SuppressionStore } from '../../../shared/store/mail/suppression-store';
import { auditPartition, domainKey, licenseRecordKey } from '../../../shared/store/table/keys';
import { mailKey } from '../../../shared/store/table/mail-keys';
import type { Table } from '../../../shared/store/table/table';
import { startEngineProxy, type EngineProxy } from '../store/engine-proxy';
import { createTable } from './mail-environment';

export const ADDRESS = 'jane@example.com';

/** A domain in which an email to `ADDRESS` bounced. */
export class SuppressionFixture {
  table!: Table;
  front!: EngineProxy;
  events!: MailEventStore;
  suppressed!: SuppressionStore;
  domainId!: string;
  bounced!: MailRef;

  async open(): Promise<void> {
    this.table = await createTable();
    this.front = await startEngineProxy(this.table.name);
    this.events = new MailEventStore(this.table, 365);
    this.suppressed = new SuppressionStore(this.table);
  }

  async reset(): Promise<void> {
    this.domainId = randomUUID();
    await this.table.put({ ...domainKey(this.domainId), domainId: this.domainId });
    this.bounced = await this.sentMail();
    await this.events.record(mailEvent('bounced', this.bounced));
  }

  /**
   * Stores an email that was sent to the holder of a license. Without a user, it is the first one of a new
   * user.
   */
  async sentMail(userId: string = randomUUID()): Promise<MailRef> {
    const { domainId, table } = this;
    const mail = { domainId, userId, mailId: randomUUID() };
    await table.update(licenseRecordKey(domainId, userId), { set: { email: ADDRESS, status: 'active' } });
    const item = { kind: 'license-key', status: 'sent', to: ADDRESS, sentAt: '2026-01-01T00:00:00.000Z' };
    await table.put({ ...mailKey(domainId, userId, mail.mailId), ...item });
    return mail;
  }

  /** Clears the address through a client of the table. */
  clear(from = this.table, isTimeUp?: () => boolean) {
    const audit = {
      id: randomUUID(),
      at: '2026-01-02T00:00:00.000Z',
      action: 'address.cleared' as const,
      resourceId: ADDRESS,
      actor: { kind: 'admin' as const, id: 'operator' },
    };
    return new SuppressionStore(from).clear(this.domainId, ADDRESS, audit, 30, isTimeUp);
  }

  /** Returns the service that administrators use, with a client of the table. */
  admin(from = this.table, now = () => new Date()): SuppressionAdmin {
    return new SuppressionAdmin({
      domains: { get: () => Promise.resolve({} as never) },
      addresses: new SuppressionStore(from),
      auditRetentionDays: 30,
      now,
    });
  }

  licenseOf({ userId }: MailRef) {
    return this.table.get(licenseRecordKey(this.domainId, userId));
  }

  async auditEvents() {
    return (await this.table.query({ pk: auditPartition(this.domainId) })).items;
  }
}

export const mailEvent = (kind: MailEvent['kind'], ref: MailRef): MailEvent => ({
  ref,
  kind,
  at: '2026-01-01T00:00:05.000Z',
  sentAt: '2026-01-01T00:00:00.000Z',
  messageId: 'ses-1',
  detail: 'smtp; 550',
});

/** Registers the hooks that give each test a new domain in a table of the file. */
export function useSuppressionFixture(): SuppressionFixture {
  const fixture = new SuppressionFixture();
  beforeAll(() => fixture.open());
  afterAll(() => fixture.front.close());
  beforeEach(() => fixture.reset());
  return fixture;
}
