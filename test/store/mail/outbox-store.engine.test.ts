import { randomUUID } from 'node:crypto';
import { mailKeyOf, type MailItem, type MailRef } from '../../../shared/store/mail/mail-item';
import type { Claim } from '../../../shared/store/mail/mail-lease';
import { MailStore } from '../../../shared/store/mail/mail-store';
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
  outbox = new OutboxStore(table, RETENTION_DAYS);
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

describe('add, for an email that had no address', () => {
  const loseAddress = async () => {
    const claim = (await mails.claimDue(ref, NOW.toISOString(), MAIL, NOW)) as Claim;
    await outbox.postpone(ref, claim, later(30_000), 'Throttling');
    expect(await mails.endWithoutAddress(await read(), later(60_000))).toBe(true);
  };
  const toldBy = ['earlier'];

  it('keeps its attempts, and what it says of earlier emails', async () => {
    await outbox.add(ref, { ...MAIL, toldBy }, NOW);
    await loseAddress();
    expect(await outbox.add(ref, { ...MAIL, to: 'new@example.com' }, later(90_000))).toBe(true);
    expect(await read()).toMatchObject({ status: 'due', to: 'new@example.com', attempts: 1, toldBy });
    expect((await table.get(mailKeyOf(ref)))?.ttl).toBeUndefined();
  });

  it.each(['add', 'claim'] as const)('%s starts its attempts over', async (how) => {
    await outbox.add(ref, MAIL, NOW);
    await loseAddress();
    expect((await read()).error).toBeUndefined();
    if (how === 'add') await outbox.add(ref, MAIL, later(90_000));
    else expect(await mails.claim(ref, MAIL, later(90_000))).toMatchObject({ attempts: 2 });
    const { firstTriedAt } = await read();
    expect(firstTriedAt).toBe(how === 'add' ? undefined : later(90_000).toISOString());
  });

  it('starts the attempts of an email over whose first one an earlier version kept', async () => {
    await mails.recordNoAddress(ref, MAIL, NOW);
    await table.update(mailKeyOf(ref), { set: { firstTriedAt: NOW.toISOString(), error: 'Throttling' } });
    await outbox.add(ref, MAIL, later(90_000));
    expect(await read()).toMatchObject({ status: 'due', firstTriedAt: undefined, error: undefined });
  });
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

describe('adopt', () => {
  it('gives a claimed email to the outbox, which sends it when its claim has expired', async () => {
    await mails.claim(ref, MAIL, NOW);
    expect(await outbox.adopt(await read(), later(1_000))).toBe(true);
    expect(await dueBy(later(1_000))).toEqual([[ref.mailId, later(1_000).toISOString()]]);
    const due = later(1_000).toISOString();
    expect(await table.get(mailKeyOf(ref))).toMatchObject({ status: 'claimed', dueAt: due, attempts: 1 });
    expect((await table.get(mailKeyOf(ref)))?.ttl).toBeUndefined();
    expect(await mails.claimDue(ref, due, MAIL, later(14_999))).toBe('leased');
    const claim = { attempts: 2, firstTriedAt: later(15_000).toISOString() };
    expect(await mails.claimDue(ref, due, MAIL, later(15_000))).toMatchObject(claim);
  });

  it('changes nothing if the email has another claim, a result, or an entry of the outbox', async () => {
    await mails.claim(ref, MAIL, NOW);
    const former = await read();
    await mails.claim(ref, MAIL, later(15_000));
    expect(await outbox.adopt(former, NOW)).toBe(false);
    expect(await outbox.adopt(await read(), NOW)).toBe(true);
    expect(await outbox.adopt(await read(), later(1_000))).toBe(false);
    await mails.mark(ref, { status: 'sent', messageId: 'm-1' }, NOW);
    expect(await outbox.adopt({ ...former, claimedAt: (await read()).claimedAt }, NOW)).toBe(false);
    expect(await dueBy(later(1_000))).toEqual([[ref.mailId, NOW.toISOString()]]);
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
