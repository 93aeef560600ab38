import { randomUUID } from 'node:crypto';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { mailKey } from '../../shared/store/keys';
import { MailStore, type MailedChange } from '../../shared/store/mail-store';
import type { Table } from '../../shared/store/table';
import { activeLicense, ended, store } from '../mail/license-images';
import { newTable } from '../mail/mail-rig';

const LEASE_MS = 15_000;
const NOW = new Date('2026-03-01T12:00:00.000Z');
const MAIL = { kind: 'license-key', to: 'jane.doe@example.com' };
const later = (ms: number): Date => new Date(NOW.getTime() + ms);

let table: Table;
let mails: MailStore;
let change: MailedChange;

beforeAll(async () => {
  table = await newTable();
  mails = new MailStore(table, LEASE_MS);
});

beforeEach(() => {
  change = { domainId: 'domain-1', userId: randomUUID(), changeId: randomUUID() };
});

async function item(): Promise<Record<string, unknown> | undefined> {
  const Key = mailKey(change.domainId, change.userId, change.changeId);
  return (await table.client.send(new GetCommand({ TableName: table.name, Key }))).Item;
}

describe('claim', () => {
  it('is given once, and writes down for whom and until when the item is kept', async () => {
    expect(await mails.claim(change, MAIL, NOW)).toBe('claimed');
    expect(await item()).toMatchObject({
      ...MAIL,
      status: 'claimed',
      claimedAt: '2026-03-01T12:00:00.000Z',
      ttl: Date.UTC(2026, 2, 1 + 90, 12) / 1000,
    });
  });

  it('is given to one of many that ask at once', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => mails.claim(change, MAIL, NOW)));
    expect(outcomes.filter((outcome) => outcome === 'claimed')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'held')).toHaveLength(19);
  });

  it('holds for the lease, and can be taken over after it by one', async () => {
    await mails.claim(change, MAIL, NOW);
    expect(await mails.claim(change, MAIL, later(LEASE_MS - 1))).toBe('held');
    const outcomes = await Promise.all([1, 2, 3].map(() => mails.claim(change, MAIL, later(LEASE_MS))));
    expect(outcomes.toSorted()).toEqual(['claimed', 'held', 'held']);
  });

  it.each([
    { status: 'sent', messageId: 'm-1' },
    { status: 'failed', error: 'MessageRejected' },
    { status: 'superseded' },
  ] as const)('is not given any more once the mail is $status', async (result) => {
    await mails.claim(change, MAIL, NOW);
    await mails.mark(change, result, later(1_000));
    expect(await mails.claim(change, MAIL, later(10 * LEASE_MS))).toBe('decided');
  });

  it('of another change of the same license is another one', async () => {
    await mails.claim(change, MAIL, NOW);
    expect(await mails.claim({ ...change, changeId: randomUUID() }, MAIL, NOW)).toBe('claimed');
  });
});

describe('mark', () => {
  it('writes the result with its time', async () => {
    await mails.claim(change, MAIL, NOW);
    await mails.mark(change, { status: 'sent', messageId: 'm-1' }, later(1_000));
    expect(await item()).toMatchObject({
      ...MAIL,
      status: 'sent',
      messageId: 'm-1',
      sentAt: '2026-03-01T12:00:01.000Z',
    });
  });

  it('lets the first result stand', async () => {
    await mails.claim(change, MAIL, NOW);
    await mails.mark(change, { status: 'sent', messageId: 'm-1' }, NOW);
    await mails.mark(change, { status: 'failed', error: 'too late' }, NOW);
    expect(await item()).toMatchObject({ status: 'sent', messageId: 'm-1' });
    expect(await item()).not.toHaveProperty('error');
  });
});

describe('isSuperseded', () => {
  const changeOf = ({ domainId, userId, changeId = '' }: ReturnType<typeof activeLicense>): MailedChange => ({
    domainId,
    userId,
    changeId,
  });

  it('is false for the last change of the license', async () => {
    const license = activeLicense();
    await store(table, license);
    expect(await mails.isSuperseded(changeOf(license))).toBe(false);
  });

  it('is false while the mail of the later change has not been taken up: this one still comes before it', async () => {
    const license = activeLicense();
    await store(table, ended(license));
    expect(await mails.isSuperseded(changeOf(license))).toBe(false);
  });

  it('is true once the mail of the later change has been taken up', async () => {
    const license = activeLicense();
    const end = ended(license);
    await store(table, end);
    await mails.claim(changeOf(end), MAIL, NOW);
    expect(await mails.isSuperseded(changeOf(license))).toBe(true);
    expect(await mails.isSuperseded(changeOf(end))).toBe(false);
  });

  it('is true for a license that is gone', async () => {
    expect(await mails.isSuperseded(change)).toBe(true);
  });
});
