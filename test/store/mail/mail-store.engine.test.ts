import { randomUUID } from 'node:crypto';
import { mailKeyOf, type MailItem, type MailRef } from '../../../shared/store/mail/mail-item';
import type { Claim } from '../../../shared/store/mail/mail-lease';
import { MailStore } from '../../../shared/store/mail/mail-store';
import { OutboxStore } from '../../../shared/store/mail/outbox-store';
import type { Table } from '../../../shared/store/table/table';
import { activeLicense, endedLicense, putLicense } from '../../support/mail/license-images';
import { createTable } from '../../support/mail/mail-environment';

const LEASE_MS = 15_000;
const RETENTION_DAYS = 400;
const NOW = new Date('2026-03-01T12:00:00.000Z');
const later = (ms: number): Date => new Date(NOW.getTime() + ms);

let table: Table;
let mails: MailStore;
let outbox: OutboxStore;
let ref: MailRef;

beforeAll(async () => {
  table = await createTable();
  mails = new MailStore(table, { leaseMs: LEASE_MS, retentionDays: RETENTION_DAYS });
  outbox = new OutboxStore(table, RETENTION_DAYS);
});

beforeEach(() => {
  ref = { domainId: 'domain-1', userId: randomUUID(), mailId: randomUUID() };
});

const mailOf = ({ mailId }: MailRef) => ({
  changeId: mailId,
  licenseStatus: 'active' as const,
  kind: 'license-key',
  to: 'jane.doe@example.com',
});
const claim = (now: Date, of = ref) => mails.claim(of, mailOf(of), now);
const kindOf = (outcome: Awaited<ReturnType<typeof claim>>): string =>
  typeof outcome === 'string' ? outcome : 'claimed';
const item = () => table.get(mailKeyOf(ref));
const read = async (of = ref) => (await mails.read(of)) as MailItem;

describe('claim', () => {
  it('is granted once, and stores the address and the expiry of the entry', async () => {
    expect(await claim(NOW)).toMatchObject({ attempts: 1, firstTriedAt: NOW.toISOString() });
    expect(await item()).toMatchObject({
      ...mailOf(ref),
      status: 'claimed',
      claimedAt: '2026-03-01T12:00:00.000Z',
      ttl: Date.UTC(2026, 2, 1 + RETENTION_DAYS, 12) / 1000,
    });
  });

  it('is granted to one of many concurrent callers', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => claim(NOW)));
    expect(outcomes.map(kindOf).sort()).toEqual(['claimed', ...Array<string>(19).fill('leased')]);
  });

  it('holds for the lease, and is granted to one caller for another attempt after it', async () => {
    await claim(NOW);
    expect(await claim(later(LEASE_MS - 1))).toBe('leased');
    const outcomes = await Promise.all([1, 2, 3].map(() => claim(later(LEASE_MS))));
    expect(outcomes.map(kindOf).sort()).toEqual(['claimed', 'leased', 'leased']);
    expect(await read()).toMatchObject({ attempts: 2, firstTriedAt: NOW.toISOString() });
  });

  it.each([
    { status: 'sent', messageId: 'm-1' },
    { status: 'failed', error: 'MessageRejected' },
    { status: 'superseded' },
  ] as const)('is not granted once the email is $status', async (result) => {
    await claim(NOW);
    await mails.mark(ref, result, later(1_000));
    expect(await claim(later(10 * LEASE_MS))).toBe('settled');
  });

  it('is not granted for an email in the outbox, claimed or not', async () => {
    await outbox.add(ref, mailOf(ref), NOW);
    expect(await claim(NOW)).toBe('settled');
    await mails.claimDue(ref, NOW.toISOString(), { to: 'jane@example.com' }, NOW);
    expect(await claim(NOW)).toBe('settled');
    expect(await claim(later(10 * LEASE_MS))).toBe('settled');
  });

  it('is independent of the claim of another change of the license', async () => {
    await claim(NOW);
    expect(kindOf(await claim(NOW, { ...ref, mailId: randomUUID() }))).toBe('claimed');
  });
});

describe('claimDue', () => {
  const due = NOW.toISOString();
  const claimDue = (now: Date) => mails.claimDue(ref, due, { to: 'new@example.com' }, now);

  it('is granted to one of many, and stores the address', async () => {
    await outbox.add(ref, mailOf(ref), NOW);
    const outcomes = await Promise.all([1, 2, 3].map(() => claimDue(NOW)));
    expect(outcomes.map(kindOf).sort()).toEqual(['claimed', 'leased', 'leased']);
    expect(await read()).toMatchObject({ status: 'claimed', to: 'new@example.com', dueAt: due });
  });

  it('is granted again after the lease', async () => {
    await outbox.add(ref, mailOf(ref), NOW);
    await claimDue(NOW);
    expect(await claimDue(later(LEASE_MS - 1))).toBe('leased');
    expect(await claimDue(later(LEASE_MS))).toMatchObject({ attempts: 2, dueAt: due });
  });

  it('is not granted for an outdated time, or for an email that was sent', async () => {
    await outbox.add(ref, mailOf(ref), later(60_000));
    expect(await claimDue(NOW)).toBe('settled');
    ref = { ...ref, mailId: randomUUID() };
    await outbox.add(ref, mailOf(ref), NOW);
    await claimDue(NOW);
    await mails.mark(ref, { status: 'sent', messageId: 'm-1' }, NOW);
    expect(await claimDue(later(LEASE_MS))).toBe('settled');
  });
});

describe('mark', () => {
  it('stores the result with its time', async () => {
    await claim(NOW);
    await mails.mark(ref, { status: 'sent', messageId: 'm-1' }, later(1_000));
    expect(await item()).toMatchObject({
      ...mailOf(ref),
      status: 'sent',
      messageId: 'm-1',
      sentAt: '2026-03-01T12:00:01.000Z',
    });
  });

  it('keeps the first result', async () => {
    await claim(NOW);
    await mails.mark(ref, { status: 'sent', messageId: 'm-1' }, NOW);
    await mails.mark(ref, { status: 'failed', error: 'too late' }, NOW);
    expect(await item()).toMatchObject({ status: 'sent', messageId: 'm-1' });
    expect(await item()).not.toHaveProperty('error');
  });
});

describe('recordEntry', () => {
  const event = { changeId: 'change-1', licenseStatus: 'inactive', reason: 'deleted' } as const;

  it('does not change an existing entry', async () => {
    await mails.recordEntry(ref, event, NOW);
    expect(await read()).toEqual({ ...ref, ...event, kind: 'none', status: 'none' });
    const other = { ...ref, mailId: randomUUID() };
    await claim(NOW, other);
    await mails.recordEntry(other, event, NOW);
    expect(await read(other)).toMatchObject({ status: 'claimed' });
  });
});

describe('supersede', () => {
  it('ends an email that is due, or whose lease has expired', async () => {
    await outbox.add(ref, mailOf(ref), NOW);
    expect(await mails.supersede(await read(), NOW)).toBe(true);
    expect(await read()).toMatchObject({ status: 'superseded', supersededAt: NOW.toISOString() });
    const other = { ...ref, mailId: randomUUID() };
    await claim(NOW, other);
    expect(await mails.supersede(await read(other), later(LEASE_MS))).toBe(true);
  });

  it('does not end an email that is being sent, or that changed since it was read', async () => {
    await outbox.add(ref, mailOf(ref), NOW);
    const before = await read();
    await mails.claimDue(ref, NOW.toISOString(), { to: 'jane@example.com' }, NOW);
    expect(await mails.supersede(before, NOW)).toBe(false);
    expect(await mails.supersede(await read(), later(LEASE_MS - 1))).toBe(false);
    expect(await read()).toMatchObject({ status: 'claimed' });
  });
});

describe('withdraw', () => {
  it('turns a claimed email into an entry without one', async () => {
    const claimed = (await claim(NOW)) as Claim;
    await mails.withdraw(ref, claimed, later(1_000));
    expect(await item()).toEqual({
      ...mailKeyOf(ref),
      ...{ changeId: ref.mailId, licenseStatus: 'active', kind: 'none', status: 'none' },
      ...{ claimedAt: NOW.toISOString(), claimId: expect.any(String) as string },
      ttl: Date.UTC(2026, 2, 1 + RETENTION_DAYS, 12, 0, 1) / 1000,
    });
  });

  it('does nothing if another sender has the claim', async () => {
    const former = (await claim(NOW)) as Claim;
    await claim(later(LEASE_MS));
    await mails.withdraw(ref, former, later(LEASE_MS));
    expect(await read()).toMatchObject({ status: 'claimed', kind: 'license-key' });
  });
});

describe('isSuperseded', () => {
  const refOf = ({ domainId, userId, changeId = '' }: ReturnType<typeof activeLicense>): MailRef => ({
    domainId,
    userId,
    mailId: changeId,
  });

  it('is false for the last change of the license', async () => {
    const license = activeLicense();
    await putLicense(table, license);
    expect(await mails.isSuperseded(refOf(license))).toBe(false);
  });

  it('is false while the email of the later change was not started', async () => {
    const license = activeLicense();
    await putLicense(table, endedLicense(license));
    expect(await mails.isSuperseded(refOf(license))).toBe(false);
  });

  it('is true once the email of the later change, or of a resend request, was started', async () => {
    const license = activeLicense();
    const end = endedLicense(license);
    await putLicense(table, end);
    await claim(NOW, refOf(end));
    expect(await mails.isSuperseded(refOf(license))).toBe(true);
    expect(await mails.isSuperseded(refOf(end))).toBe(false);
    await putLicense(table, { ...end, resendId: 'resend-1' });
    await claim(NOW, { ...refOf(end), mailId: 'resend-1' });
    expect(await mails.isSuperseded(refOf(end))).toBe(true);
  });

  it('is true if the license does not exist', async () => {
    expect(await mails.isSuperseded(ref)).toBe(true);
  });
});
