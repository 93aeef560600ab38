import { randomUUID } from 'node:crypto';
import { mailKeyOf, type MailItem, type MailRef } from '../../../shared/store/mail/mail-item';
import { MailStore, type Claim } from '../../../shared/store/mail/mail-store';
import type { OutboxMinute } from '../../../shared/store/mail/outbox-minutes';
import { OutboxStore, type OutboxEntry } from '../../../shared/store/mail/outbox-store';
import { PAST_MINUTE, sharedOutboxKey } from '../../../shared/store/table/mail-keys';
import type { Table } from '../../../shared/store/table/table';
import { listOutbox } from '../../support/mail/delivery-harness';
import { createTable } from '../../support/mail/mail-environment';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const later = (ms: number): Date => new Date(NOW.getTime() + ms);
const MAIL = { changeId: 'c', licenseStatus: 'active' as const, kind: 'license-key', to: 'j@example.com' };

let table: Table;
let mails: MailStore;
let outbox: OutboxStore;
let ref: MailRef;

beforeEach(async () => {
  table = await createTable();
  mails = new MailStore(table, { leaseMs: 15_000, retentionDays: 365 });
  outbox = new OutboxStore(table, 365);
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
    await outbox.restore({ ...ref, dueAt: due }, mail);
    expect(await read()).toMatchObject({ ...mail, status: 'due', dueAt: due });
    await mails.claimDue(ref, due, MAIL, NOW);
    await outbox.restore({ ...ref, dueAt: due }, mail);
    expect(await read()).toMatchObject({ status: 'claimed' });
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

  describe('that are over', () => {
    beforeEach(async () => {
      for (let each = 0; each < 60; each++)
        await outbox.add({ ...ref, mailId: `mail-${each}` }, MAIL, later(each * 60_000));
      await outbox.add({ ...ref, domainId: 'domain-2' }, MAIL, NOW);
    });
    const end = later(59 * 60_000);
    const merge = async () => {
      const minutes = (await begun(end)).filter(({ domainId }) => domainId === 'domain-1');
      await outbox.minutes.merge('domain-1', minutes);
      return begun(end);
    };

    it('are merged into one item, which finds the domain first', async () => {
      expect(await merge()).toEqual([
        { domainId: 'domain-1', minute: PAST_MINUTE, mergeId: expect.any(String) as string },
        { domainId: 'domain-2', minute: '2026-03-01T12:00' },
      ]);
      expect(await dueBy(end)).toHaveLength(61);
    });

    it('are removed with the merged item', async () => {
      const minutes = await merge();
      expect(minutes.every((minute) => outbox.minutes.isOver(minute, later(63 * 60_000)))).toBe(true);
      await outbox.minutes.remove([...minutes, ...minutes]);
      expect(await begun(end)).toEqual([]);
    });

    it('are still found if they are merged after another run has found the domain empty', async () => {
      const before = await merge();
      await outbox.add({ ...ref, mailId: 'new' }, MAIL, NOW);
      await merge();
      await outbox.minutes.remove(before);
      expect((await begun(end)).map(({ domainId }) => domainId)).toEqual(['domain-1']);
      expect((await dueBy(end)).map(([mailId]) => mailId)).toContain('new');
    });
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
