import { randomUUID } from 'node:crypto';
import { mailKeyOf, type MailItem, type MailRef } from '../../../shared/store/mail/mail-item';
import type { Claim } from '../../../shared/store/mail/mail-lease';
import { MailStore } from '../../../shared/store/mail/mail-store';
import { OutboxStore } from '../../../shared/store/mail/outbox-store';
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

describe('an email in the outbox', () => {
  const due = NOW.toISOString();
  const ttl = async () => (await table.get(mailKeyOf(ref)))?.ttl;
  const expiry = (settledAt: Date) => Math.floor(settledAt.getTime() / 1_000) + 365 * 86_400;
  /** Gives the email an expiry, as the previous version did. */
  const letExpire = () => table.update(mailKeyOf(ref), { set: { ttl: expiry(NOW) } });
  beforeEach(() => outbox.add(ref, MAIL, NOW));

  it('does not expire while it waits, or is claimed', async () => {
    expect(await ttl()).toBeUndefined();
    await mails.claimDue(ref, due, MAIL, NOW);
    expect(await ttl()).toBeUndefined();
  });

  it('does not expire anymore once it is claimed, or postponed', async () => {
    await letExpire();
    const claim = (await mails.claimDue(ref, due, MAIL, NOW)) as Claim;
    expect(await ttl()).toBeUndefined();
    await letExpire();
    await outbox.postpone(ref, claim, later(30_000), 'Throttling');
    expect(await ttl()).toBeUndefined();
  });

  it('does not expire after it failed and a redrive makes it due again', async () => {
    await mails.claimDue(ref, due, MAIL, NOW);
    await mails.mark(ref, { status: 'failed', error: 'Throttling' }, NOW);
    expect(await ttl()).toBe(expiry(NOW));
    await outbox.requeue(await read(), NOW);
    expect(await ttl()).toBeUndefined();
  });

  it.each<[string, (at: Date) => Promise<unknown>]>([
    [
      'was sent',
      async (at) => {
        await mails.claimDue(ref, due, MAIL, at);
        await mails.mark(ref, { status: 'sent', messageId: 'm-1' }, at);
      },
    ],
    ['was superseded', async (at) => mails.supersede(await read(), at)],
    ['has no address anymore', async (at) => mails.endWithoutAddress(await read(), at)],
    [
      'was sent according to SES, whose event came before the result',
      async (at) => {
        await mails.claimDue(ref, due, MAIL, at);
        await table.update(mailKeyOf(ref), { set: { status: 'delivered' } });
        await mails.mark(ref, { status: 'sent', messageId: 'm-1' }, at);
      },
    ],
    [
      'was sent according to SES while it waited',
      async (at) => {
        await table.update(mailKeyOf(ref), { set: { status: 'delivered' } });
        await outbox.finish({ ...ref, dueAt: due }, at);
      },
    ],
  ])('is kept for the retention period after it %s', async (_, settle) => {
    const at = later(40 * 86_400_000);
    await settle(at);
    expect(await ttl()).toBe(expiry(at));
  });

  it('finish removes the entry of an email, and gives an email that waits no expiry', async () => {
    await outbox.finish({ ...ref, dueAt: due }, NOW);
    expect(await dueBy(NOW)).toEqual([]);
    expect(await ttl()).toBeUndefined();
    await outbox.finish({ ...ref, mailId: 'unknown', dueAt: due }, NOW);
    expect(await mails.read({ ...ref, mailId: 'unknown' })).toBeUndefined();
  });

  it('restore stores it again with its time, and changes none that exists', async () => {
    await table.delete(mailKeyOf(ref));
    const { to: _, ...mail } = MAIL;
    const restore = () => outbox.restore({ ...ref, dueAt: due }, { ...mail, attempts: 1 });
    await restore();
    expect(await read()).toMatchObject({ ...mail, status: 'due', dueAt: due, attempts: 1 });
    await mails.claimDue(ref, due, MAIL, NOW);
    await restore();
    expect(await read()).toMatchObject({ status: 'claimed' });
  });
});
