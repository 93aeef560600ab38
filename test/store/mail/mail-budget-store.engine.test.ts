import { randomUUID } from 'node:crypto';
import { newId } from '../../../shared/id';
import { MailBudgetStore } from '../../../shared/store/mail/mail-budget-store';
import type { MailRef } from '../../../shared/store/mail/mail-item';
import type { Table } from '../../../shared/store/table/table';
import { createTable } from '../../support/mail/mail-environment';
import { startEngineProxy } from '../../support/store/engine-proxy';

const TEN_MINUTES_MS = 600_000;
const NOW = new Date('2026-03-01T12:10:00.000Z');
const after = (ms: number): Date => new Date(NOW.getTime() + ms);

let table: Table;
let store: MailBudgetStore;
let domainId: string;

beforeAll(async () => {
  table = await createTable();
  store = new MailBudgetStore(table);
});
beforeEach(() => {
  domainId = randomUUID();
});

const newMail = (): MailRef => ({ domainId, userId: randomUUID(), mailId: newId() });
const claim = (mail = newMail(), now = NOW, address = 'Jane@example.com') =>
  store.claimAddress(mail, address, TEN_MINUTES_MS, now);

describe('an address', () => {
  it('is held by the first email for ten minutes', async () => {
    const first = newMail();
    expect(await claim(first)).toBeUndefined();
    expect(await claim(newMail(), after(TEN_MINUTES_MS - 1))).toEqual(after(TEN_MINUTES_MS));
    expect(await claim(newMail(), after(TEN_MINUTES_MS))).toBeUndefined();
  });

  it('is held anew by the email that holds it', async () => {
    const first = newMail();
    await claim(first);
    expect(await claim(first, after(60_000))).toBeUndefined();
    expect(await claim(newMail(), after(TEN_MINUTES_MS))).toEqual(after(TEN_MINUTES_MS + 60_000));
  });

  it('is given to one of many emails at the same time', async () => {
    const results = await Promise.all(Array.from({ length: 20 }, () => claim()));
    expect(results.filter((until) => until === undefined)).toHaveLength(1);
  });

  it('is the same in every spelling, and another one in another domain', async () => {
    await claim(newMail(), NOW, 'jane@bücher.example');
    for (const address of [
      'JANE@BÜCHER.EXAMPLE',
      'jane@xn--bcher-kva.example',
      ' jane@bücher.example. ',
      'ｊａｎｅ@bu\u0308cher.example',
    ])
      expect(await claim(newMail(), NOW, address)).toEqual(after(TEN_MINUTES_MS));
    expect(await claim(newMail(), NOW, 'john@bücher.example')).toBeUndefined();
    expect(await claim({ ...newMail(), domainId: randomUUID() }, NOW, 'jane@bücher.example')).toBeUndefined();
  });

  it('is free again if its email gives it up, and only then', async () => {
    const [first, second] = [newMail(), newMail()];
    await claim(first);
    await store.releaseAddress(second, 'jane@example.com');
    expect(await claim(second)).toBeDefined();
    await store.releaseAddress(first, 'jane@example.com');
    expect(await claim(second)).toBeUndefined();
  });

  it('is held although the response of the claim was lost', async () => {
    const proxy = await startEngineProxy(table.name);
    proxy.injectFaults('UpdateItem', { kind: 'lostAnswer' });
    const first = newMail();
    expect(
      await new MailBudgetStore(proxy.table).claimAddress(first, 'jane@example.com', TEN_MINUTES_MS, NOW),
    ).toBeUndefined();
    expect(await claim()).toBeDefined();
    await proxy.close();
  });

  it('knows its newest key, also one that waits', async () => {
    const [old, notice, newer] = [newMail(), newMail(), newMail()];
    const keyOf = ({ userId, mailId }: MailRef) => ({ userId, mailId, userName: 'Jane' });
    const claimKey = (mail: MailRef) =>
      store.claimAddress(mail, 'jane@example.com', TEN_MINUTES_MS, NOW, keyOf(mail));
    expect(await store.newestKey(domainId, 'jane@example.com')).toBeUndefined();
    await claim(notice);
    expect(await store.newestKey(domainId, 'jane@example.com')).toBeUndefined();
    await claimKey(newer);
    await claimKey(old);
    const key = await store.newestKey(domainId, 'JANE@example.com');
    expect(key).toMatchObject({ userId: newer.userId, mailId: newer.mailId });
    expect([key?.isOf('JANE '), key?.isOf('john')]).toEqual([true, false]);
  });
});

describe('an hour', () => {
  it('has a number of emails, exactly, also at the same time', async () => {
    const results = await Promise.all(Array.from({ length: 30 }, () => store.claimHour(domainId, 20, NOW)));
    expect(results.filter((until) => until === undefined)).toHaveLength(20);
    expect(await store.recentHours(domainId, NOW)).toEqual([
      { hour: '2026-03-01T12', sent: 20, postponed: 10 },
    ]);
    expect(await store.claimHour(domainId, 20, after(3_600_000))).toBeUndefined();
  });

  it('spreads the emails that wait over the hours that they need', async () => {
    for (let at = 0; at < 2; at++) await store.claimHour(domainId, 2, NOW);
    const times: (string | undefined)[] = [];
    for (let at = 0; at < 5; at++) times.push((await store.claimHour(domainId, 2, NOW))?.toISOString());
    expect(times).toEqual([
      '2026-03-01T13:00:00.000Z',
      '2026-03-01T13:30:00.000Z',
      '2026-03-01T14:00:00.000Z',
      '2026-03-01T14:30:00.000Z',
      '2026-03-01T15:00:00.000Z',
    ]);
  });

  it('takes back the count of an email, and never counts below none', async () => {
    await store.releaseHour(domainId, NOW);
    await store.claimHour(domainId, 1, NOW);
    await store.releaseHour(domainId, NOW);
    expect(await store.claimHour(domainId, 1, NOW)).toBeUndefined();
    expect(await store.claimHour(domainId, 1, NOW)).toBeDefined();
  });

  it('is reported with the one before only', async () => {
    await store.claimHour(domainId, 1, after(-2 * 3_600_000));
    await store.claimHour(domainId, 1, after(-3_600_000));
    await claim();
    expect((await store.recentHours(domainId, NOW)).map(({ hour }) => hour)).toEqual(['2026-03-01T11']);
  });
});
