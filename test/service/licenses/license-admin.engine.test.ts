import { randomUUID } from 'node:crypto';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { newId } from '../../../shared/id';
import { LicenseAdmin } from '../../../shared/service/licenses/license-admin';
import { auditPartition } from '../../../shared/store/table/keys';
import { LicenseHistory } from '../../../shared/store/licenses/license-history';
import type { LicenseRecord } from '../../../shared/store/licenses/license-record';
import { LicenseStore } from '../../../shared/store/licenses/license-store';
import { MailStore } from '../../../shared/store/mail/mail-store';
import type { Table } from '../../../shared/store/table/table';
import { activeLicense, endedLicense, putLicense } from '../../support/mail/license-images';
import { createTable } from '../../support/mail/mail-environment';

const ACTOR = { kind: 'admin', id: 'operator', name: 'jo' } as const;
const SCIM_KEY = { kind: 'scimKey', id: 'key-1', name: 'Okta' } as const;

let table: Table;
let admin: LicenseAdmin;
let licenses: LicenseStore;
let domainId: string;
let license: LicenseRecord;

beforeAll(async () => {
  table = await createTable();
  licenses = new LicenseStore(table);
  admin = new LicenseAdmin({ licenses, history: new LicenseHistory(table), auditRetentionDays: 365 });
});

beforeEach(async () => {
  domainId = newId();
  license = activeLicense({ domainId, userId: newId() });
  await putLicense(table, license);
});

const show = (own: { limit?: number; after?: string } = {}) =>
  admin.readLicense(domainId, license.userId, { limit: 10, ...own });
const resend = () => admin.resendMail(domainId, license.userId, ACTOR);

describe('readLicense', () => {
  const mails = () => new MailStore(table, { leaseMs: 15_000, retentionDays: 365 });

  it('shows the license with its history, newest first, by whom and why', async () => {
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
    const { license: shown, history, mailProblem } = await show();
    expect(shown).toMatchObject({ status: 'active', email: license.email });
    expect(mailProblem).toBeUndefined();
    expect(history).toEqual({
      entries: [
        expect.objectContaining({ mailId: second, kind: 'license-key', status: 'claimed', by: event.by }),
        expect.objectContaining({ mailId: first, kind: 'none', licenseStatus: 'pending', by: SCIM_KEY }),
      ],
    });
  });

  it('shows long histories page by page, and none of others', async () => {
    const ids = Array.from({ length: 5 }, newId);
    for (const mailId of ids) {
      for (const userId of [license.userId, newId()])
        await mails().recordEntry(
          { domainId, userId, mailId },
          { changeId: mailId, licenseStatus: 'inactive' },
          new Date(),
        );
    }
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const { history } = await show({ limit: 2, after });
      expect(history.entries.length).toBeLessThanOrEqual(2);
      seen.push(...history.entries.map(({ mailId }) => mailId));
      after = history.next;
    } while (after !== undefined);
    expect(seen).toEqual(ids.toReversed());
  });

  it('shows why mails do not arrive, for as long as the address is the same', async () => {
    const mailProblem = { kind: 'bounced', at: '2026-03-01T12:00:00.000Z', address: license.email } as const;
    await putLicense(table, { ...license, mailProblem });
    expect((await show()).mailProblem).toEqual(mailProblem);
    await putLicense(table, { ...license, mailProblem, email: 'new@example.com' });
    expect((await show()).mailProblem).toBeUndefined();
  });

  it('says where there is no license', async () => {
    await expect(admin.readLicense(domainId, 'nobody', { limit: 1 })).rejects.toMatchObject({
      name: 'AdminError',
      problem: 'notFound',
      message: `The domain ${domainId} has no license of a user nobody.`,
    });
  });
});

describe('resendMail', () => {
  it('notes the wish at the license, with an audit event in the same transaction', async () => {
    const mailId = await resend();
    const { resendId, resentBy, resentAt, ...rest } = (await licenses.read(domainId, license.userId)) ?? {};
    expect({ resendId, resentBy }).toEqual({
      resendId: mailId,
      resentBy: { kind: 'admin', id: 'operator', name: 'jo' },
    });
    expect(rest).toEqual(license);
    const { Items } = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': auditPartition(domainId) },
      }),
    );
    expect(Items).toEqual([
      expect.objectContaining({
        action: 'license.mailRequested',
        resourceId: license.userId,
        actor: ACTOR,
        at: resentAt,
      }),
    ]);
  });

  it('is a wish of its own each time', async () => {
    expect(await resend()).not.toBe(await resend());
  });

  it('is possible for the notice of a license that ended', async () => {
    await putLicense(table, endedLicense(license));
    await expect(resend()).resolves.toBeTruthy();
  });

  const problem = {
    kind: 'bounced',
    at: '2026-03-01T12:00:00.000Z',
    address: 'jane.doe@example.com',
  } as const;
  it.each<[string, Partial<LicenseRecord>, RegExp]>([
    ['waits for a seat', { status: 'pending' }, /waits for a seat/],
    ['never was active', { status: 'inactive', changeId: undefined, activationId: undefined }, /never was/],
    ['has an address from which mails come back', { mailProblem: problem }, /jane.*come back.*address clear/],
  ])('is refused for a license that %s', async (_, own, message) => {
    await putLicense(table, { ...license, ...own });
    await expect(resend()).rejects.toMatchObject({ name: 'AdminError', problem: 'conflict' });
    await expect(resend()).rejects.toThrow(message);
    expect((await licenses.read(domainId, license.userId))?.resendId).toBeUndefined();
  });

  it('is refused where the license changes meanwhile', async () => {
    const late = new LicenseAdmin({
      licenses: {
        read: async (...key) => {
          const read = await licenses.read(...key);
          await putLicense(table, { ...license, changeId: randomUUID() });
          return read;
        },
        requestResend: (...wish) => licenses.requestResend(...wish),
      },
      history: new LicenseHistory(table),
      auditRetentionDays: 365,
    });
    await expect(late.resendMail(domainId, license.userId, ACTOR)).rejects.toThrow(/just changed/);
  });
});
