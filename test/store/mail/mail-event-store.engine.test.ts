import { randomUUID } from 'node:crypto';
import type { MailEvent } from '../../../shared/store/mail/mail-event';
import { MailEventStore } from '../../../shared/store/mail/mail-event-store';
import { domainKey, licenseRecordKey, type ItemKey } from '../../../shared/store/table/keys';
import { mailKey, suppressedKey } from '../../../shared/store/table/mail-keys';
import type { MailRef } from '../../../shared/store/mail/mail-item';
import { SuppressionStore } from '../../../shared/store/mail/suppression-store';
import type { Table } from '../../../shared/store/table/table';
import { createTable } from '../../support/mail/mail-environment';

const ADDRESS = 'Jane@example.com';

let table: Table;
let store: MailEventStore;
let suppressed: SuppressionStore;
let ref: MailRef;

beforeAll(async () => {
  table = await createTable();
  store = new MailEventStore(table, 30);
  suppressed = new SuppressionStore(table);
});

const put = (key: ItemKey, item: object) => table.put({ ...key, ...item });

const read = (key: ItemKey) => table.get(key);

/** An email that was sent to the holder of a license. */
async function sentMail(domainId: string = randomUUID(), address = ADDRESS): Promise<MailRef> {
  const mail = { domainId, userId: randomUUID(), mailId: randomUUID() };
  await put(domainKey(domainId), { domainId });
  await put(licenseRecordKey(domainId, mail.userId), { email: address, status: 'active' });
  await put(mailKey(domainId, mail.userId, mail.mailId), {
    kind: 'license-key',
    status: 'sent',
    to: address,
    sentAt: '2026-01-01T00:00:00.000Z',
    messageId: 'ses-1',
  });
  return mail;
}

beforeEach(async () => {
  ref = await sentMail();
});

const event = (kind: MailEvent['kind'], mail: MailRef = ref): MailEvent => ({
  ref: mail,
  kind,
  at: '2026-01-01T00:00:05.000Z',
  sentAt: '2026-01-01T00:00:00.000Z',
  messageId: 'ses-1',
  detail: 'smtp; 550',
});

const mailOf = ({ domainId, userId, mailId }: MailRef) => read(mailKey(domainId, userId, mailId));
const licenseOf = ({ domainId, userId }: MailRef) => read(licenseRecordKey(domainId, userId));
const addressIn = (domainId: string) => read(suppressedKey(domainId, ADDRESS.toLowerCase()));

it.each(['bounced', 'complained'] as const)(
  'an email that %s is recorded in its entry, in the license, and in the address',
  async (kind) => {
    expect(await store.record(event(kind))).toBe('noted');
    expect(await mailOf(ref)).toMatchObject({ status: kind, [`${kind}At`]: '2026-01-01T00:00:05.000Z' });
    const problem = { kind, at: '2026-01-01T00:00:05.000Z', address: ADDRESS, detail: 'smtp; 550' };
    expect(await licenseOf(ref)).toMatchObject({ mailProblem: problem });
    expect(await addressIn(ref.domainId)).toMatchObject({
      address: ADDRESS,
      reason: kind,
      at: '2026-01-01T00:00:05.000Z',
      userId: ref.userId,
      mailId: ref.mailId,
    });
  },
);

it.each(['delivered', 'softBounced', 'rejected'] as const)(
  'an email that was %s suppresses nothing',
  async (kind) => {
    expect(await store.record(event(kind))).toBe('noted');
    expect(await mailOf(ref)).toHaveProperty(`${kind}At`);
    expect(await licenseOf(ref)).not.toHaveProperty('mailProblem');
    expect(await addressIn(ref.domainId)).toBeUndefined();
  },
);

it('the same event three times, twice at the same time, is recorded once', async () => {
  const outcomes = await Promise.all([store.record(event('bounced')), store.record(event('bounced'))]);
  expect(outcomes.sort()).toEqual(['noted', 'repeated']);
  const state = [await mailOf(ref), await licenseOf(ref), await addressIn(ref.domainId)];
  expect(await store.record(event('bounced'))).toBe('repeated');
  expect([await mailOf(ref), await licenseOf(ref), await addressIn(ref.domainId)]).toEqual(state);
});

it('a repeated event does not suppress an address that was cleared', async () => {
  await store.record(event('bounced'));
  await table.update(licenseRecordKey(ref.domainId, ref.userId), {
    set: { changedAt: '2026-01-02T00:00:00.000Z' },
  });
  await suppressed.clear(ref.domainId, ADDRESS, clearing(), 1);
  expect(await store.record(event('bounced'))).toBe('repeated');
  expect(await addressIn(ref.domainId)).toBeUndefined();
});

it('a license that has another address by now gets no problem', async () => {
  await put(licenseRecordKey(ref.domainId, ref.userId), { email: 'new@example.com', status: 'active' });
  expect(await store.record(event('bounced'))).toBe('noted');
  expect(await licenseOf(ref)).not.toHaveProperty('mailProblem');
  expect(await addressIn(ref.domainId)).toMatchObject({ reason: 'bounced' });
});

it('nothing is written if the email is unknown, has no address, or its domain does not exist', async () => {
  const unknown = { ...ref, mailId: randomUUID() };
  const silent = { ...ref, mailId: randomUUID() };
  await put(mailKey(silent.domainId, silent.userId, silent.mailId), { kind: 'none', status: 'none' });
  for (const each of [unknown, silent]) expect(await store.record(event('bounced', each))).toBe('unknown');

  const orphaned = { ...ref, domainId: randomUUID() };
  await put(mailKey(orphaned.domainId, orphaned.userId, orphaned.mailId), {
    kind: 'license-key',
    status: 'sent',
    to: ADDRESS,
  });
  expect(await store.record(event('bounced', orphaned))).toBe('unknown');
  for (const { domainId } of [ref, orphaned]) expect(await addressIn(domainId)).toBeUndefined();
});

describe('a suppressed address', () => {
  it('is suppressed in its domain only, without regard to case', async () => {
    await store.record(event('bounced'));
    expect(await suppressed.isSuppressed(ref, ADDRESS.toUpperCase())).toBe(true);
    expect(await suppressed.isSuppressed({ ...ref, domainId: randomUUID() }, ADDRESS)).toBe(false);
    expect(await suppressed.isSuppressed(ref, 'john@example.com')).toBe(false);
    expect(await suppressed.isSuppressed(ref, '')).toBe(false);
  });

  it('stops the emails of each license with that address, which then records the problem', async () => {
    await store.record(event('complained'));
    const other = await sentMail(ref.domainId);
    expect(await suppressed.isSuppressed(other, ADDRESS)).toBe(true);
    expect(await suppressed.isSuppressed(other, ADDRESS)).toBe(true);
    expect(await licenseOf(other)).toMatchObject({ mailProblem: { kind: 'complained', address: ADDRESS } });
    expect(await suppressed.isSuppressed(other, 'john@example.com')).toBe(false);
  });

  it('is cleared with an audit event, and from all licenses that recorded the problem', async () => {
    await store.record(event('bounced'));
    const other = await sentMail(ref.domainId);
    await suppressed.isSuppressed(other, ADDRESS);
    const audit = clearing();
    expect(await suppressed.clear(ref.domainId, ADDRESS.toLowerCase(), audit, 30)).toBe('cleared');
    expect(await suppressed.clear(ref.domainId, ADDRESS, clearing(), 30)).toBe('notFound');
    for (const license of [ref, other]) expect(await licenseOf(license)).not.toHaveProperty('mailProblem');
    expect(await suppressed.isSuppressed(other, ADDRESS)).toBe(false);
    expect(await read({ pk: `${ref.domainId}#AUDIT`, sk: audit.id })).toMatchObject({
      action: 'address.cleared',
    });
  });

  it('is found and cleared in any spelling, also the licenses with another spelling', async () => {
    const first = await sentMail(ref.domainId, 'Müller@BÜCHER.example');
    await store.record(event('bounced', first));
    const other = await sentMail(ref.domainId, 'mu\u0308ller@xn--bcher-kva.example');
    expect(await suppressed.isSuppressed(other, 'mu\u0308ller@xn--bcher-kva.example')).toBe(true);
    expect(await licenseOf(other)).toHaveProperty('mailProblem');
    expect(await suppressed.clear(ref.domainId, 'MÜLLER@bücher.example', clearing(), 30)).toBe('cleared');
    for (const each of [first, other]) {
      expect(await licenseOf(each)).not.toHaveProperty('mailProblem');
      expect(await suppressed.isSuppressed(each, 'Müller@bücher.example')).toBe(false);
    }
  });

  it.each(['müller@bücher.example', 'ＪＡＮＥ@example.com'])(
    'is found and cleared if a previous version stored it, also beside a new entry: %s',
    async (address) => {
      const first = await sentMail(ref.domainId, address);
      const legacy = suppressedKey(ref.domainId, address.toLowerCase());
      await put(legacy, { address, reason: 'bounced', at: '', ...first, userIds: new Set([first.userId]) });
      const other = await sentMail(ref.domainId, address);
      expect(await suppressed.isSuppressed(other, address)).toBe(true);
      expect(await licenseOf(other)).toHaveProperty('mailProblem');
      const third = await sentMail(ref.domainId, address);
      await store.record(event('complained', third));
      expect((await suppressed.list(ref.domainId, 10)).addresses).toHaveLength(2);

      expect(await suppressed.clear(ref.domainId, address, clearing(), 30)).toBe('cleared');
      expect((await suppressed.list(ref.domainId, 10)).addresses).toEqual([]);
      for (const each of [other, third]) {
        expect(await licenseOf(each)).not.toHaveProperty('mailProblem');
        expect(await suppressed.isSuppressed(each, address)).toBe(false);
      }
    },
  );

  it('is not cleared from a license that has a problem with another address', async () => {
    await store.record(event('bounced'));
    const mailProblem = { kind: 'bounced', at: '', address: 'new@example.com' };
    await put(licenseRecordKey(ref.domainId, ref.userId), { email: 'new@example.com', mailProblem });
    await suppressed.clear(ref.domainId, ADDRESS, clearing(), 30);
    expect(await licenseOf(ref)).toMatchObject({ mailProblem });
  });

  it('is listed page by page', async () => {
    for (const address of ['b@example.com', 'a@example.com', 'c@example.com']) {
      const mail = await sentMail(ref.domainId);
      await put(mailKey(mail.domainId, mail.userId, mail.mailId), {
        kind: 'license-key',
        status: 'sent',
        to: address,
      });
      await store.record(event('bounced', mail));
    }
    const first = await suppressed.list(ref.domainId, 2);
    const second = await suppressed.list(ref.domainId, 2, first.next);
    expect([...first.addresses, ...second.addresses].map(({ address }) => address)).toEqual([
      'a@example.com',
      'b@example.com',
      'c@example.com',
    ]);
    expect(second.next).toBeUndefined();
    expect(first.addresses[0]).not.toHaveProperty('userIds');
  });
});

const clearing = () => ({
  id: randomUUID(),
  at: new Date().toISOString(),
  action: 'address.cleared' as const,
  resourceId: ADDRESS,
  actor: { kind: 'admin' as const, id: 'operator' },
});
