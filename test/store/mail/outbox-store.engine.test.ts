import { randomUUID } from 'node:crypto';
import { mailKeyOf, type MailItem, type MailRef } from '../../../shared/store/mail/mail-item';
import { MailStore, type Claim } from '../../../shared/store/mail/mail-store';
import type { OutboxMinute } from '../../../shared/store/mail/outbox-minutes';
import { OutboxStore, type OutboxEntry } from '../../../shared/store/mail/outbox-store';
import { sharedOutboxKey } from '../../../shared/store/table/mail-keys';
import type { Table } from '../../../shared/store/table/table';
import { listOutbox } from '../../support/mail/delivery-harness';
import { createTable } from '../../support/mail/mail-environment';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const RETENTION_DAYS = 365;
const later = (ms: number): Date => new Date(NOW.getTime() + ms);
const MAIL = { changeId: 'c', licenseStatus: 'active' as const, kind: 'license-key', to: 'j@example.com' };

let table: Table;
let mails: MailStore;
let outbox: OutboxStore;
let ref: MailRef;

beforeEach(async () => {
  table = await createTable();
  mails = new MailStore(table, { leaseMs: 15_000, retentionDays: RETENTION_DAYS });
  outbox = new OutboxStore(table);
  ref = { domainId: 'domain-1', userId: randomUUID(), mailId: randomUUID() };
});

async function dueBy(now: Date): Promise<[string, string][]> {
  return (await listOutbox(outbox, now)).map(({ mailId, dueAt }) => [mailId, dueAt]);
}

const read = async () => (await mails.read(ref)) as MailItem;

it('duePage returns the emails that are due at or before a time, in the order of their times', async () => {
  const mail = (mailId: string) => ({ ...ref, mailId });
  await outbox.add(mail('second'), MAIL, later(1_000));
  await outbox.add(mail('third'), MAIL, later(1_001));
  await outbox.add(mail('first'), MAIL, NOW);
  const ids = async (now: Date) => (await dueBy(now)).map(([mailId]) => mailId);
  expect(await ids(later(-1))).toEqual([]);
  expect(await ids(later(1_000))).toEqual(['first', 'second']);
  expect(await ids(later(86_400_000))).toEqual(['first', 'second', 'third']);
});

it('duePage continues after its page', async () => {
  await Promise.all(
    Array.from({ length: 120 }, (_, at) => outbox.add({ ...ref, mailId: String(at) }, MAIL, NOW)),
  );
  expect(await dueBy(NOW)).toHaveLength(120);
});

it('add stores an email once', async () => {
  expect(await outbox.add(ref, MAIL, NOW)).toBe(true);
  expect(await outbox.add(ref, MAIL, later(60_000))).toBe(false);
  expect(await dueBy(later(60_000))).toEqual([[ref.mailId, NOW.toISOString()]]);
  expect(await table.get(mailKeyOf(ref))).toMatchObject({ ...MAIL, status: 'due' });
});

it('the entry of an email expires only if the email does not wait', async () => {
  const ttl = async () => (await table.get(mailKeyOf(ref)))?.ttl;
  const expiryAfter = (time: Date) => Math.floor(time.getTime() / 1_000) + RETENTION_DAYS * 86_400;
  const claimDue = async (at: Date) => (await mails.claimDue(ref, at.toISOString(), MAIL, at)) as Claim;
  await outbox.add(ref, MAIL, NOW);
  expect(await ttl()).toBeUndefined();
  const claim = await claimDue(NOW);
  expect(await ttl()).toBe(expiryAfter(NOW));
  await outbox.postpone(ref, claim, later(60_000), 'Throttling');
  expect(await ttl()).toBeUndefined();
  await claimDue(later(60_000));
  await mails.mark(ref, { status: 'failed', error: 'MessageRejected' }, later(60_000));
  expect(await ttl()).toBe(expiryAfter(later(60_000)));
  await outbox.requeue(await read(), later(120_000));
  expect(await ttl()).toBeUndefined();
  expect(await mails.supersede(await read(), later(180_000))).toBe(true);
  expect(await ttl()).toBe(expiryAfter(later(180_000)));
});

describe('an entry of the previous version', () => {
  const entry = () => ({ ...ref, dueAt: NOW.toISOString() });
  const sharedKey = () => sharedOutboxKey(NOW.toISOString(), ref.domainId, ref.userId, ref.mailId);
  beforeEach(async () => {
    await table.put({ ...mailKeyOf(ref), ...MAIL, status: 'due', dueAt: NOW.toISOString() });
    await table.put({ ...sharedKey(), ...entry() });
  });

  it('is found without its domain, and removed', async () => {
    const { entries } = await outbox.duePage(undefined, NOW);
    expect(entries).toEqual([{ ...entry(), isShared: true }]);
    await outbox.remove(entries[0] as OutboxEntry);
    expect(await table.get(sharedKey())).toBeUndefined();
  });

  it('moves to the outbox of its domain when the email is postponed', async () => {
    const claim = (await mails.claimDue(ref, NOW.toISOString(), MAIL, NOW)) as Claim;
    expect(await outbox.postpone(ref, claim, later(30_000), 'Throttling')).toBe(true);
    const { entries } = await outbox.duePage(ref.domainId, later(30_000));
    expect(entries).toEqual([{ ...ref, dueAt: later(30_000).toISOString() }]);
  });
});

describe('minutes', () => {
  const begun = async (now: Date) => {
    const found: OutboxMinute[] = [];
    for await (const page of outbox.minutes.begunBy(now)) found.push(...page);
    return found;
  };

  it('name the domains with emails that are due, once for each minute', async () => {
    await outbox.add({ ...ref, mailId: 'a' }, MAIL, NOW);
    await outbox.add({ ...ref, mailId: 'b' }, MAIL, later(59_999));
    await outbox.add({ ...ref, mailId: 'c' }, MAIL, later(60_000));
    await outbox.add({ ...ref, domainId: 'domain-2' }, MAIL, NOW);
    expect(await begun(later(-1))).toEqual([]);
    expect(await begun(NOW)).toEqual([
      { domainId: 'domain-1', minute: '2026-03-01T12:00' },
      { domainId: 'domain-2', minute: '2026-03-01T12:00' },
    ]);
    expect(await begun(later(60_000))).toHaveLength(3);
  });

  it('are over when no function can store an email for them anymore', async () => {
    await outbox.add(ref, MAIL, NOW);
    const [minute] = await begun(NOW);
    if (!minute) throw new Error('There is no minute.');
    expect(outbox.minutes.isOver(minute, later(180_000))).toBe(false);
    expect(outbox.minutes.isOver(minute, later(180_001))).toBe(true);
    await outbox.minutes.remove([minute]);
    expect(await begun(later(180_001))).toEqual([]);
  });
});

describe('postpone', () => {
  it('moves a claimed email to its next time', async () => {
    await outbox.add(ref, MAIL, NOW);
    const claim = (await mails.claimDue(ref, NOW.toISOString(), MAIL, NOW)) as Claim;
    expect(await outbox.postpone(ref, claim, later(30_000), 'Throttling: slow down')).toBe(true);
    expect(await dueBy(later(60_000))).toEqual([[ref.mailId, later(30_000).toISOString()]]);
    expect(await read()).toMatchObject({
      status: 'due',
      dueAt: later(30_000).toISOString(),
      error: 'Throttling: slow down',
      attempts: 1,
    });
  });

  it('puts an email that was to be sent at once into the outbox', async () => {
    const claim = (await mails.claim(ref, MAIL, NOW)) as Claim;
    expect(await outbox.postpone(ref, claim, later(30_000), 'Throttling')).toBe(true);
    expect(await dueBy(later(30_000))).toHaveLength(1);
  });

  it('changes nothing if the lease expired and another sender holds one', async () => {
    const lost = (await mails.claim(ref, MAIL, NOW)) as Claim;
    await mails.claim(ref, MAIL, later(15_000));
    expect(await outbox.postpone(ref, lost, later(30_000), 'Throttling')).toBe(false);
    expect(await dueBy(later(60_000))).toEqual([]);
    expect(await read()).toMatchObject({ status: 'claimed', claimedAt: later(15_000).toISOString() });
  });
});

describe('requeue', () => {
  it('makes a failed email due again, once, and starts its attempts over', async () => {
    await mails.claim(ref, MAIL, NOW);
    await mails.mark(ref, { status: 'failed', error: 'Throttling' }, NOW);
    const failed = await read();
    expect(await outbox.requeue(failed, later(1_000))).toBe(true);
    expect(await outbox.requeue(failed, later(2_000))).toBe(false);
    expect(await dueBy(later(2_000))).toEqual([[ref.mailId, later(1_000).toISOString()]]);
    expect(await read()).toMatchObject({ status: 'due', attempts: 1 });
    expect((await read()).firstTriedAt).toBeUndefined();
  });

  it('does not change an email that has not failed', async () => {
    await mails.claim(ref, MAIL, NOW);
    expect(await outbox.requeue(await read(), NOW)).toBe(false);
    expect(await dueBy(NOW)).toEqual([]);
  });
});
