import { NoticeStore } from '../../../shared/store/diagnostics/diagnostics-store';
import { noticeKey, noticePartition } from '../../../shared/store/table/keys';
import type { Refusal } from '../../../shared/store/diagnostics/diagnostic';
import type { Table } from '../../../shared/store/table/table';
import { testTable } from '../../support/consistency/domain-data';
import { putAll } from '../../support/seed/seed-items';
import { startEngineFront } from '../../support/store/engine-proxy';
import { itemsIn, newDomainId } from '../../support/store/records';

const NOW = new Date('2026-03-01T12:30:00.000Z');
const hoursBefore = (hours: number): Date => new Date(NOW.getTime() - hours * 3_600_000);
const seconds = (time: Date): number => Math.floor(time.getTime() / 1_000);

let table: Table;
let store: NoticeStore;
let domainId: string;
beforeAll(async () => {
  table = await testTable();
  store = new NoticeStore(table, 30_000);
});
beforeEach(() => {
  domainId = newDomainId();
});

const REFUSAL: Refusal = {
  method: 'PATCH',
  route: '/Users/{id}',
  status: 400,
  scimType: 'invalidPath',
  userAgent: 'Okta SCIM Client 1.0.0',
  detail: 'The path "a b" cannot be read.',
};

describe('refused requests', () => {
  it('of one kind and hour are counted together, with what the last one was told', async () => {
    await store.noteRefusal(domainId, REFUSAL, 1, NOW);
    const later = new Date(NOW.getTime() + 60_000);
    await store.noteRefusal(domainId, { ...REFUSAL, detail: 'Another one.' }, 2, later);
    const { notices, more } = await store.refusals(domainId, later);
    expect(more).toBe(false);
    expect(notices).toEqual([{ ...REFUSAL, detail: 'Another one.', count: 3, lastAt: later.toISOString() }]);
  });

  it('of another kind or hour are apart', async () => {
    await Promise.all([
      store.noteRefusal(domainId, REFUSAL, 1, NOW),
      store.noteRefusal(domainId, REFUSAL, 1, hoursBefore(2)),
      store.noteRefusal(domainId, { ...REFUSAL, status: 409, scimType: 'uniqueness' }, 1, NOW),
      store.noteRefusal(domainId, { ...REFUSAL, userAgent: undefined }, 1, NOW),
      store.noteRefusal(domainId, { ...REFUSAL, method: 'PUT' }, 1, NOW),
    ]);
    expect((await store.refusals(domainId, NOW)).notices).toHaveLength(5);
  });

  it('are counted exactly where many come at once', async () => {
    await Promise.all(Array.from({ length: 40 }, () => store.noteRefusal(domainId, REFUSAL, 1, NOW)));
    expect((await store.refusals(domainId, NOW)).notices).toMatchObject([{ count: 40 }]);
  });

  it('are told for a day', async () => {
    await store.noteRefusal(domainId, REFUSAL, 1, hoursBefore(24));
    await store.noteRefusal(
      domainId,
      { ...REFUSAL, status: 409 },
      1,
      new Date(hoursBefore(24).getTime() - 1),
    );
    expect((await store.refusals(domainId, NOW)).notices).toMatchObject([{ status: 400 }]);
  });

  it('take one write unit, whatever clients send', async () => {
    const long = '\u{1f600}'.repeat(1_000);
    await store.noteRefusal(domainId, { ...REFUSAL, userAgent: long, detail: `a${long}` }, 1, NOW);
    const [item] = await itemsIn(table, noticePartition(domainId));
    expect(Buffer.byteLength(JSON.stringify(item))).toBeLessThan(1_024);
    expect((await store.refusals(domainId, NOW)).notices[0]?.detail).toMatch(/^a(\u{1f600})+…$/u);
  });

  it('go away after a day', async () => {
    await store.noteRefusal(domainId, REFUSAL, 1, NOW);
    const [item] = await itemsIn(table, noticePartition(domainId));
    expect(item?.ttl).toBeGreaterThan(seconds(NOW) + 25 * 3_600 - 1);
    expect(item?.ttl).toBeLessThanOrEqual(seconds(NOW) + 26 * 3_600);
  });
});

describe('ignored attributes', () => {
  const BADGE = { resourceType: 'User', attribute: 'badge', userAgent: 'Okta' };

  it('are one for each type and name', async () => {
    await store.noteIgnored(domainId, BADGE, hoursBefore(1));
    await store.noteIgnored(domainId, BADGE, NOW);
    await store.noteIgnored(domainId, { ...BADGE, resourceType: 'Group' }, NOW);
    const { notices } = await store.ignored(domainId, NOW);
    expect(notices).toHaveLength(2);
    expect(notices).toContainEqual(expect.objectContaining({ ...BADGE, lastAt: NOW.toISOString() }));
  });

  it('are told for a week after they were sent last', async () => {
    await store.noteIgnored(domainId, BADGE, hoursBefore(7 * 24 + 1));
    expect((await store.ignored(domainId, NOW)).notices).toEqual([]);
    await store.noteIgnored(domainId, BADGE, hoursBefore(7 * 24));
    expect((await store.ignored(domainId, NOW)).notices).toHaveLength(1);
  });

  it('may have any name', async () => {
    for (const attribute of ['\ud800 half', 'x'.repeat(5_000), '#$'])
      await store.noteIgnored(domainId, { ...BADGE, attribute }, NOW);
    expect((await store.ignored(domainId, NOW)).notices).toHaveLength(3);
  });

  it('are read up to a number, and it is told that there are more', async () => {
    const names = Array.from({ length: 101 }, (_, at) => `badge${at}`);
    const items = names.map((attribute) => ({
      ...noticeKey(domainId, `ignored#User#${attribute}`),
      attribute,
      lastAt: NOW.toISOString(),
    }));
    await putAll(table, items);
    const { notices, more } = await store.ignored(domainId, NOW);
    expect([notices.length, more]).toEqual([100, true]);
  });
});

it('ids that were left out are counted for each resource, with one of them', async () => {
  const leftOut = { attribute: 'members', resourceId: 'group-1' } as const;
  await store.noteLeftOut(domainId, { ...leftOut, count: 2, example: '42' }, NOW);
  await store.noteLeftOut(domainId, { ...leftOut, count: 1, example: '43' }, NOW);
  await store.noteLeftOut(domainId, { ...leftOut, resourceId: 'group-2', count: 1, example: '44' }, NOW);
  const { notices } = await store.leftOut(domainId, NOW);
  expect(notices).toHaveLength(2);
  expect(notices).toContainEqual(expect.objectContaining({ resourceId: 'group-1', count: 3, example: '43' }));
});

it('an address without mail is told as it was last', async () => {
  const address = { userId: 'user-1', email: 'ada@exa%mple.com' };
  await store.noteUndeliverable(domainId, { ...address, mailId: 'mail-1', detail: 'No.' }, NOW);
  await store.noteUndeliverable(domainId, address, NOW);
  expect((await store.undeliverable(domainId)).notices).toEqual([{ ...address, lastAt: NOW.toISOString() }]);
});

it('kinds of notices, and domains, do not mix', async () => {
  await store.noteRefusal(domainId, REFUSAL, 1, NOW);
  await store.noteIgnored(domainId, { resourceType: 'User', attribute: 'badge' }, NOW);
  for (const other of [domainId, newDomainId()]) {
    const counts = await Promise.all([
      store.refusals(other, NOW),
      store.ignored(other, NOW),
      store.leftOut(other, NOW),
      store.undeliverable(other),
    ]);
    expect(counts.map(({ notices }) => notices.length)).toEqual(
      other === domainId ? [1, 1, 0, 0] : [0, 0, 0, 0],
    );
  }
});

it('a note is not waited for when the table does not answer', async () => {
  const front = await startEngineFront();
  const ended = new AbortController();
  const never = () => new Promise<void>((resolve) => ended.signal.addEventListener('abort', () => resolve()));
  front.meet('UpdateItem', { kind: 'after', act: never });
  const impatient = new NoticeStore(front.table, 100);
  await expect(impatient.noteRefusal(domainId, REFUSAL, 1, NOW)).rejects.toThrow();
  ended.abort();
  await front.close();
});
