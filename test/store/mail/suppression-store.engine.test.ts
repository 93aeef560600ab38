import { randomUUID } from 'node:crypto';
import { SuppressionAdmin } from '../../../shared/service/mail/suppression-admin';
import { MailEventStore } from '../../../shared/store/mail/mail-event-store';
import type { MailEvent } from '../../../shared/store/mail/mail-event';
import type { MailRef } from '../../../shared/store/mail/mail-item';
import { SuppressionStore } from '../../../shared/store/mail/suppression-store';
import { auditPartition, domainKey, licenseRecordKey } from '../../../shared/store/table/keys';
import { mailKey } from '../../../shared/store/table/mail-keys';
import type { Table } from '../../../shared/store/table/table';
import { createTable } from '../../support/mail/mail-environment';
import { startEngineProxy, type EngineProxy } from '../../support/store/engine-proxy';

const ADDRESS = 'jane@example.com';

let table: Table;
let front: EngineProxy;
let events: MailEventStore;
let suppressed: SuppressionStore;
let domainId: string;
let bounced: MailRef;

beforeAll(async () => {
  table = await createTable();
  front = await startEngineProxy(table.name);
  events = new MailEventStore(table);
  suppressed = new SuppressionStore(table);
});
afterAll(() => front.close());
beforeEach(async () => {
  domainId = randomUUID();
  await table.put({ ...domainKey(domainId), domainId });
  bounced = await sentMail();
  await events.record(event('bounced', bounced));
});

/** An email that was sent to the holder of a license. Without a user, it is the first one of a new user. */
async function sentMail(userId: string = randomUUID()): Promise<MailRef> {
  const mail = { domainId, userId, mailId: randomUUID() };
  await table.update(licenseRecordKey(domainId, userId), { set: { email: ADDRESS, status: 'active' } });
  const item = { kind: 'license-key', status: 'sent', to: ADDRESS, sentAt: '2026-01-01T00:00:00.000Z' };
  await table.put({ ...mailKey(domainId, userId, mail.mailId), ...item });
  return mail;
}

const event = (kind: MailEvent['kind'], ref: MailRef): MailEvent => ({
  ref,
  kind,
  at: '2026-01-01T00:00:05.000Z',
  sentAt: '2026-01-01T00:00:00.000Z',
  messageId: 'ses-1',
  detail: 'smtp; 550',
});

const clearing = () => ({
  id: randomUUID(),
  at: '2026-01-02T00:00:00.000Z',
  action: 'address.cleared' as const,
  resourceId: ADDRESS,
  actor: { kind: 'admin' as const, id: 'operator' },
});
const clear = (from = table) => new SuppressionStore(from).clear(domainId, ADDRESS, clearing(), 30);

const licenseOf = ({ userId }: MailRef) => table.get(licenseRecordKey(domainId, userId));
const auditEvents = async () => (await table.query({ pk: auditPartition(domainId) })).items;

/** Runs `act` just before the transaction that clears the address. */
const meanwhile = (...acts: (() => Promise<unknown>)[]) =>
  front.injectFaults(
    'TransactWriteItems',
    ...acts.map((act) => ({ kind: 'after', act: async () => void (await act()) }) as const),
  );

it.each<[string, () => Promise<MailRef>]>([
  [
    'the email of another user is stopped',
    async () => {
      const other = await sentMail();
      await suppressed.isSuppressed(other, ADDRESS);
      return other;
    },
  ],
  [
    'the email of another user bounces',
    async () => {
      const other = await sentMail();
      await events.record(event('bounced', other));
      return other;
    },
  ],
  [
    'another email of the same user bounces',
    async () => {
      const other = await sentMail(bounced.userId);
      await events.record(event('bounced', other));
      return other;
    },
  ],
  [
    'the same email causes a complaint',
    async () => {
      await events.record(event('complained', bounced));
      return bounced;
    },
  ],
])('is cleared from every license if %s at the same time', async (_, act) => {
  let other: MailRef | undefined;
  meanwhile(async () => {
    other = await act();
    expect(await licenseOf(other)).toHaveProperty('mailProblem');
  });
  expect(await clear(front.table)).toBe(true);
  for (const mail of [bounced, other ?? bounced]) {
    expect(await licenseOf(mail)).not.toHaveProperty('mailProblem');
    expect(await suppressed.isSuppressed(mail, ADDRESS)).toBe(false);
  }
  expect(await auditEvents()).toMatchObject([{ action: 'address.cleared' }]);
});

it('is cleared once, with one audit event, by two requests at the same time', async () => {
  expect((await Promise.all([clear(), clear()])).sort()).toEqual([false, true]);
  expect(await licenseOf(bounced)).not.toHaveProperty('mailProblem');
  expect(await auditEvents()).toHaveLength(1);
});

it('is cleared with one audit event if the response is lost', async () => {
  front.injectFaults('TransactWriteItems', { kind: 'lostAnswer' });
  expect(await clear(front.table)).toBe(true);
  expect(await auditEvents()).toHaveLength(1);
});

it('stays suppressed, and the request is a conflict, if emails fail again and again', async () => {
  const fail = async () => events.record(event('bounced', await sentMail()));
  meanwhile(fail, fail, fail, fail, fail);
  const admin = new SuppressionAdmin({
    domains: { get: () => Promise.resolve({} as never) },
    addresses: new SuppressionStore(front.table),
    auditRetentionDays: 30,
    now: () => new Date(),
  });
  const request = admin.clearAddress(domainId, ADDRESS, { kind: 'admin', id: 'operator' });
  await expect(request).rejects.toMatchObject({ name: 'AdminError', problem: 'conflict' });
  expect(await suppressed.isSuppressed(bounced, ADDRESS)).toBe(true);
  expect(await auditEvents()).toEqual([]);
  await admin.clearAddress(domainId, ADDRESS, { kind: 'admin', id: 'operator' });
  expect((await suppressed.list(domainId, 10)).addresses).toEqual([]);
});
