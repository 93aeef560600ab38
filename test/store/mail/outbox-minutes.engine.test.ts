import { randomUUID } from 'node:crypto';
import type { MailRef } from '../../../shared/store/mail/mail-item';
import type { OutboxMinute } from '../../../shared/store/mail/outbox-minutes';
import { OutboxStore } from '../../../shared/store/mail/outbox-store';
import { PAST_MINUTE } from '../../../shared/store/table/mail-keys';
import { listOutbox } from '../../support/mail/delivery-harness';
import { createTable } from '../../support/mail/mail-environment';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const later = (ms: number): Date => new Date(NOW.getTime() + ms);
const MAIL = { changeId: 'c', licenseStatus: 'active' as const, kind: 'license-key', to: 'j@example.com' };

let outbox: OutboxStore;
let ref: MailRef;

beforeEach(async () => {
  outbox = new OutboxStore(await createTable(), 365);
  ref = { domainId: 'domain-1', userId: randomUUID(), mailId: randomUUID() };
});

const dueBy = async (now: Date) => (await listOutbox(outbox, now)).map(({ mailId }) => mailId);

const begun = async (now: Date) => {
  const found: OutboxMinute[] = [];
  for await (const page of outbox.minutes.begunBy(now)) found.push(...page);
  return found;
};

it('minutes name the domains with emails that are due, once for each minute', async () => {
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

it('minutes are over when no function can store an email for them anymore', async () => {
  await outbox.add(ref, MAIL, NOW);
  const [minute] = await begun(NOW);
  if (!minute) throw new Error('There is no minute.');
  expect(outbox.minutes.isOver(minute, later(180_000))).toBe(false);
  expect(outbox.minutes.isOver(minute, later(180_001))).toBe(true);
  await outbox.minutes.remove([minute]);
  expect(await begun(later(180_001))).toEqual([]);
});

describe('minutes that are over', () => {
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
    expect(await dueBy(end)).toContain('new');
  });
});
