import { randomUUID } from 'node:crypto';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { newId } from '../../../shared/id';
import { LicenseAdmin, type LicenseAdminDependencies } from '../../../shared/service/licenses/license-admin';
import { auditPartition } from '../../../shared/store/table/keys';
import { MailBudgetStore } from '../../../shared/store/mail/mail-budget-store';
import { LicenseHistory } from '../../../shared/store/licenses/license-history';
import type { LicenseRecord } from '../../../shared/store/licenses/license-record';
import { LicenseStore } from '../../../shared/store/licenses/license-store';
import { MailStore } from '../../../shared/store/mail/mail-store';
import type { Table } from '../../../shared/store/table/table';
import {
  activeLicense,
  type AddressedLicense,
  endedLicense,
  putLicense,
} from '../../support/mail/license-images';
import { createTable } from '../../support/mail/mail-environment';
import { documentClient } from '../../support/store/document-client';

const ACTOR = { kind: 'admin', id: 'operator', name: 'jo' } as const;
const SCIM_KEY = { kind: 'scimKey', id: 'key-1', name: 'Okta' } as const;

let table: Table;
let admin: LicenseAdmin;
let licenses: LicenseStore;
let domainId: string;
let license: AddressedLicense;

beforeAll(async () => {
  table = await createTable();
  licenses = new LicenseStore(table);
  admin = adminOf(licenses);
});

beforeEach(async () => {
  domainId = newId();
  license = activeLicense({ domainId, userId: newId() });
  await putLicense(table, license);
});

const readLicense = (page: { limit?: number; after?: string } = {}) =>
  admin.readLicense(domainId, license.userId, { limit: 10, ...page });
const resend = () => admin.resendMail(domainId, license.userId, ACTOR);

describe('readLicense', () => {
  const mails = () => new MailStore(table, { leaseMs: 15_000, retentionDays: 365 });

  it('returns the license with its history, newest first, with actors', async () => {
    const [first, second] = [newId(), newId()];
    const refOf = (mailId: string) => ({ domainId, userId: license.userId, mailId });
    await mails().recordEntry(
      refOf(first),
      { changeId: first, licenseStatus: 'pending', by: SCIM_KEY, changedAt: '2026-03-01T12:00:00.000Z' },
      new Date(),
    );
    const event = { changeId: second, licenseStatus: 'active', by: { kind: 'system', name: 'promotion' } };
    await mails().claim(
      refOf(second),
      { ...event, kind: 'license-key', to: 'jane@example.com' } as Parameters<MailStore['claim']>[1],
      new Date(),
    );
    const { license: found, history, mailProblem } = await readLicense();
    expect(found).toMatchObject({ status: 'active', email: license.email });
    expect(mailProblem).toBeUndefined();
    expect(history).toEqual({
      entries: [
        expect.objectContaining({ mailId: second, kind: 'license-key', status: 'claimed', by: event.by }),
        expect.objectContaining({ mailId: first, kind: 'none', licenseStatus: 'pending', by: SCIM_KEY }),
      ],
    });
  });

  it('returns a long history in pages, without entries of other licenses', async () => {
    const ids = Array.from({ length: 5 }, newId);
    for (const mailId of ids) {
      for (const userId of [license.userId, newId()])
        await mails().recordEntry(
          { domainId, userId, mailId },
          { changeId: mailId, licenseStatus: 'inactive' },
          new Date(),
        );
    }
    const mailIds: string[] = [];
    let after: string | undefined;
    do {
      const { history } = await readLicense({ limit: 2, after });
      expect(history.entries.length).toBeLessThanOrEqual(2);
      mailIds.push(...history.entries.map(({ mailId }) => mailId));
      after = history.next;
    } while (after !== undefined);
    expect(mailIds).toEqual(ids.toReversed());
  });

  it('returns the reason why emails fail, until the address changes', async () => {
    const mailProblem = { kind: 'bounced', at: '2026-03-01T12:00:00.000Z', address: license.email } as const;
    await putLicense(table, { ...license, mailProblem });
    expect((await readLicense()).mailProblem).toEqual(mailProblem);
    await putLicense(table, { ...license, mailProblem, email: 'new@example.com' });
    expect((await readLicense()).mailProblem).toBeUndefined();
  });

  it('throws notFound if the license does not exist', async () => {
    await expect(admin.readLicense(domainId, 'nobody', { limit: 1 })).rejects.toMatchObject({
      name: 'AdminError',
      problem: 'notFound',
      message: `The domain ${domainId} has no license of the user nobody.`,
    });
  });
});

describe('resendMail', () => {
  it('writes the request to the license, with an audit event', async () => {
    const mailId = await resend();
    const { resendId, resentBy, resentAt, ...others } = (await licenses.read(domainId, license.userId)) ?? {};
    expect({ resendId, resentBy }).toEqual({
      resendId: mailId,
      resentBy: { kind: 'admin', id: 'operator', name: 'jo' },
    });
    expect(others).toEqual(license);
    expect(await auditEvents()).toEqual([
      expect.objectContaining({
        action: 'license.mailRequested',
        resourceId: license.userId,
        actor: ACTOR,
        at: resentAt,
      }),
    ]);
  });

  it('creates a new request each time', async () => {
    expect(await resend()).not.toBe(await resend());
  });

  it('resends the notice of a license that has ended', async () => {
    await putLicense(table, endedLicense(license));
    await expect(resend()).resolves.toBeTruthy();
  });

  const problem = {
    kind: 'bounced',
    at: '2026-03-01T12:00:00.000Z',
    address: 'jane.doe@example.com',
  } as const;
  it.each<[string, Partial<LicenseRecord>, RegExp]>([
    ['is waiting for a seat', { status: 'pending' }, /is waiting for a seat/],
    ['was never active', { status: 'inactive', changeId: undefined, activationId: undefined }, /was never/],
    ['has no address', { email: undefined }, /has no address/],
    ['has an address that is not ASCII', { email: 'müller@example.com' }, /has no address/],
    ['has an address that bounced', { mailProblem: problem }, /Emails to jane.* bounced.*address clear/],
  ])('is refused for a license that %s', async (_, changes, message) => {
    await putLicense(table, { ...license, ...changes });
    await expect(resend()).rejects.toMatchObject({ name: 'AdminError', problem: 'conflict' });
    await expect(resend()).rejects.toThrow(message);
    expect((await licenses.read(domainId, license.userId))?.resendId).toBeUndefined();
  });

  it('is refused if the license changes at the same time', async () => {
    await expect(racingAdmin().resendMail(domainId, license.userId, ACTOR)).rejects.toThrow(/just changed/);
  });
});

describe('resendMail to an address that has just got an email', () => {
  let now = new Date('2026-03-01T12:00:00.000Z');
  const limited = (minutesPerAddress?: number) =>
    adminOf(licenses, {
      now: () => now,
      minutesPerAddress: 10,
      mailSettings: () => Promise.resolve({ delayMs: 0, isPaused: false, minutesPerAddress }),
    });
  const resendLimited = (minutes?: number) => limited(minutes).resendMail(domainId, license.userId, ACTOR);
  const at = (seconds: number) => (now = new Date(Date.parse('2026-03-01T12:00:00.000Z') + seconds * 1000));

  beforeEach(() => at(0));

  it('is refused with the time to try again, and changes nothing', async () => {
    const mailId = await resendLimited();
    at(60.5);
    await expect(resendLimited()).rejects.toMatchObject({ problem: 'tooSoon', retryAfterSeconds: 540 });
    await expect(resendLimited()).rejects.toThrow(
      /^jane\.doe@example\.com got an email less than 10 minutes ago\. Try again at 2026-03-01T12:10:00\.000Z, or correct/,
    );
    expect((await licenses.read(domainId, license.userId))?.resendId).toBe(mailId);
    expect(await auditEvents()).toHaveLength(1);
    at(600);
    expect(await resendLimited()).not.toBe(mailId);
  });

  it('is refused without a transaction, so that many requests do not block each other', async () => {
    await resendLimited();
    const requestResend = jest.fn();
    const withoutWrites = adminOf(
      { read: (...key) => licenses.read(...key), requestResend, replaceKey: jest.fn() },
      { now: () => now, minutesPerAddress: 10 },
    );
    await expect(withoutWrites.resendMail(domainId, license.userId, ACTOR)).rejects.toMatchObject({
      problem: 'tooSoon',
    });
    expect(requestResend).not.toHaveBeenCalled();
  });

  it('is accepted for a new address, once', async () => {
    await resendLimited();
    await putLicense(table, { ...license, email: 'new@example.com' });
    await expect(resendLimited()).resolves.toBeTruthy();
    await expect(resendLimited()).rejects.toMatchObject({ problem: 'tooSoon' });
    await putLicense(table, { ...license, email: 'JANE.DOE@example.com' });
    await expect(resendLimited()).rejects.toMatchObject({ problem: 'tooSoon' });
  });

  it('is accepted once if many ask at the same time', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => resendLimited()));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await auditEvents()).toHaveLength(1);
  });

  it('follows the time that the domain sets', async () => {
    await resendLimited();
    await expect(resendLimited(1)).rejects.toMatchObject({ retryAfterSeconds: 60 });
    await expect(resendLimited(0)).resolves.toBeTruthy();
  });
});

/** An administration for which the license changes between its read and its write. */
const racingAdmin = (): LicenseAdmin =>
  adminOf({
    read: async (...key) => {
      const read = await licenses.read(...key);
      await putLicense(table, { ...license, changeId: randomUUID() });
      return read;
    },
    requestResend: (...args) => licenses.requestResend(...args),
    replaceKey: (...args) => licenses.replaceKey(...args),
  });

function adminOf(
  store: LicenseAdminDependencies['licenses'],
  given: Partial<LicenseAdminDependencies> = {},
): LicenseAdmin {
  return new LicenseAdmin({
    licenses: store,
    history: new LicenseHistory(table),
    budget: new MailBudgetStore(table),
    mailSettings: () => Promise.resolve({ delayMs: 0, isPaused: false }),
    minutesPerAddress: 0,
    auditRetentionDays: 365,
    now: () => new Date(),
    ...given,
  });
}

async function auditEvents(): Promise<Record<string, unknown>[]> {
  const { Items = [] } = await documentClient(table).send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': auditPartition(domainId) },
    }),
  );
  return Items;
}
