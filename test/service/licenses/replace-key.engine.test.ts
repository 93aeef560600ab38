import { randomUUID } from 'node:crypto';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { newId } from '../../../shared/id';
import { LicenseAdmin, type LicenseAdminDependencies } from '../../../shared/service/licenses/license-admin';
import { auditPartition } from '../../../shared/store/table/keys';
import { MailBudgetStore } from '../../../shared/store/mail/mail-budget-store';
import { LicenseHistory } from '../../../shared/store/licenses/license-history';
import type { LicenseRecord } from '../../../shared/store/licenses/license-record';
import { LicenseStore } from '../../../shared/store/licenses/license-store';
import type { Table } from '../../../shared/store/table/table';
import { activeLicense, type AddressedLicense, putLicense } from '../../support/mail/license-images';
import { createTable } from '../../support/mail/mail-environment';
import { startEngineProxy } from '../../support/store/engine-proxy';
import { documentClient } from '../../support/store/document-client';

const ACTOR = { kind: 'admin', id: 'operator', name: 'jo' } as const;

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

describe('replaceKey', () => {
  const replace = () => admin.replaceKey(domainId, license.userId, ACTOR);

  it('gives the license a new activation, with an audit event, and forgets a resend request', async () => {
    await putLicense(table, { ...license, resendId: newId(), resentBy: ACTOR, resentAt: license.changedAt });
    const { activationId } = await replace();
    expect(activationId).not.toBe(license.activationId);
    const events = await auditEvents();
    expect(await licenses.read(domainId, license.userId)).toEqual({
      ...license,
      changeId: activationId,
      activationId,
      replacedActivationId: license.activationId,
      changedAt: events[0]?.at,
      changedBy: { kind: 'admin', id: 'operator', name: 'jo' },
    });
    expect(events).toEqual([
      expect.objectContaining({
        action: 'license.keyReplaced',
        resourceId: license.userId,
        resourceName: license.userName,
        actor: ACTOR,
      }),
    ]);
  });

  it('issues a new key each time', async () => {
    expect((await replace()).activationId).not.toBe((await replace()).activationId);
  });

  it.each(['lostAnswer', 'conflict', 'inProgress'] as const)(
    'issues one key if its write meets the fault %s',
    async (kind) => {
      const front = await startEngineProxy(table.name);
      front.injectFaults('TransactWriteItems', { kind });
      const behind = adminOf(new LicenseStore(front.table));
      const { activationId } = await behind.replaceKey(domainId, license.userId, ACTOR);
      await front.close();
      expect((await licenses.read(domainId, license.userId))?.activationId).toBe(activationId);
      expect(await auditEvents()).toHaveLength(1);
    },
  );

  it('works without an address, and for an address that bounced', async () => {
    const mailProblem = {
      kind: 'bounced',
      at: '2026-03-01T12:00:00.000Z',
      address: 'jane.doe@example.com',
    } as const;
    for (const changes of [{ email: undefined }, { mailProblem }]) {
      await putLicense(table, { ...license, ...changes });
      expect((await replace()).activationId).not.toBe(license.activationId);
    }
  });

  it.each<[string, Partial<LicenseRecord>, RegExp]>([
    ['is waiting for a seat', { status: 'pending' }, /waiting for a seat.*Wait until it is active/],
    ['is inactive', { status: 'inactive', reason: 'deactivated' }, /is inactive.*Activate the user first/],
    ['was never active', { status: 'inactive', changeId: undefined, activationId: undefined }, /Activate/],
  ])('is refused for a license that %s', async (_, changes, message) => {
    const stored = { ...license, ...changes };
    await putLicense(table, stored);
    await expect(replace()).rejects.toMatchObject({ name: 'AdminError', problem: 'conflict' });
    await expect(replace()).rejects.toThrow(message);
    expect(await licenses.read(domainId, license.userId)).toEqual(stored);
    expect(await auditEvents()).toEqual([]);
  });

  it('is refused if the license changes at the same time', async () => {
    await expect(racingAdmin().replaceKey(domainId, license.userId, ACTOR)).rejects.toThrow(/just changed/);
    expect(await auditEvents()).toEqual([]);
  });

  it('is refused for all but one of many requests at the same time, unless they follow each other', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, replace));
    const issued = outcomes.filter(({ status }) => status === 'fulfilled');
    expect(issued.length).toBeGreaterThan(0);
    expect(await auditEvents()).toHaveLength(issued.length);
  });

  it('throws notFound if the license does not exist', async () => {
    await expect(admin.replaceKey(domainId, 'nobody', ACTOR)).rejects.toMatchObject({ problem: 'notFound' });
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

function adminOf(store: LicenseAdminDependencies['licenses']): LicenseAdmin {
  return new LicenseAdmin({
    licenses: store,
    history: new LicenseHistory(table),
    budget: new MailBudgetStore(table),
    mailSettings: () => Promise.resolve({ delayMs: 0, isPaused: false }),
    minutesPerAddress: 0,
    auditRetentionDays: 365,
    now: () => new Date(),
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
