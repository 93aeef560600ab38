import { randomUUID } from 'node:crypto';
import type { Context } from 'aws-lambda';
import { ENV } from '../../shared/env';
import { USER_SCHEMA } from '../../shared/scim/urns';
import { openSuppressionAdmin, type SuppressionAdmin } from '../../shared/service/mail/suppression-admin';
import type { LicenseRecord } from '../../shared/store/licenses/license-record';
import { LicenseStore } from '../../shared/store/licenses/license-store';
import { readMailItem, type MailItem } from '../../shared/store/mail/mail-item';
import { mailPartition } from '../../shared/store/table/mail-keys';
import { openTable, type Table } from '../../shared/store/table/table';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { listMailsTo, waitForMail } from '../support/system/mails';
import {
  deployment,
  createDomainClient,
  useSdkEnvironment,
  type DomainClient,
} from '../support/system/system';
import { eventually } from '../support/jest/timeouts';
import { documentClient } from '../support/store/document-client';

const ACTOR = { kind: 'admin', id: 'operator', name: 'test' } as const;

let table: Table;
let addresses: SuppressionAdmin;

beforeAll(async () => {
  useSdkEnvironment();
  const settings = await deployment();
  table = openTable(settings.tableName);
  addresses = openSuppressionAdmin(settings);
});

/** Returns a unique address of SES's mailbox simulator. */
const simulatorAddress = (name: string): string => `${name}+${randomUUID()}@simulator.amazonses.com`;

async function createUser(domain: DomainClient, email: string): Promise<string> {
  const response = await domain.request('POST', '/Users', {
    schemas: [USER_SCHEMA],
    userName: `user-${randomUUID()}`,
    emails: [{ value: email, type: 'work', primary: true }],
  });
  expect(response.status).toBe(201);
  return (response.body as { id: string }).id;
}

/** Returns the emails of a user, oldest first. */
async function historyOf(domainId: string, userId: string): Promise<MailItem[]> {
  const { Items = [] } = await documentClient(table).send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :user)',
      ExpressionAttributeValues: { ':pk': mailPartition(domainId), ':user': `${userId}#` },
    }),
  );
  return Items.map((item) => readMailItem(domainId, item));
}

async function waitForStatus(
  domainId: string,
  userId: string,
  status: MailItem['status'],
): Promise<MailItem> {
  let found: MailItem | undefined;
  await eventually(`an email with the status ${status}`, async () => {
    found = (await historyOf(domainId, userId)).find((mail) => mail.status === status);
    return found !== undefined;
  });
  return found as MailItem;
}

const licenseOf = async (domainId: string, userId: string): Promise<LicenseRecord | undefined> =>
  new LicenseStore(table).read(domainId, userId);

it.each([
  ['bounce', 'bounced', 'General: smtp; 550 5.1.1 user unknown'],
  ['complaint', 'complained', 'abuse'],
] as const)(
  'after a %s, the domain sends no email to the address until an administrator clears it',
  async (name, kind, detail) => {
    const [domain, other] = await Promise.all([createDomainClient(), createDomainClient()]);
    const { domainId } = domain;
    const email = simulatorAddress(name);

    const userId = await createUser(domain, email);
    const mail = await waitForStatus(domainId, userId, kind);
    expect(mail).toMatchObject({ kind: 'license-key', to: email, detail });
    expect(await licenseOf(domainId, userId)).toMatchObject({
      status: 'active',
      mailProblem: { kind, address: email, detail },
    });

    const second = await createUser(domain, email);
    await waitForStatus(domainId, second, 'suppressed');
    expect(await listMailsTo(email)).toHaveLength(1);
    expect(await licenseOf(domainId, second)).toMatchObject({ mailProblem: { kind } });

    await createUser(other, email);
    await waitForMail(email, 2);

    const { addresses: suppressed } = await addresses.list(domainId, 10);
    expect(suppressed).toEqual([expect.objectContaining({ address: email, reason: kind, userId })]);
    await addresses.clearAddress(domainId, email, ACTOR);
    expect((await addresses.list(domainId, 10)).addresses).toEqual([]);
    for (const id of [userId, second]) expect((await licenseOf(domainId, id))?.mailProblem).toBeUndefined();

    await createUser(domain, email);
    await waitForMail(email, 3);
    await expect(addresses.clearAddress(domainId, 'john@example.com', ACTOR)).rejects.toMatchObject({
      problem: 'notFound',
    });
  },
);

it('an email that arrives gets the status delivered', async () => {
  const domain = await createDomainClient();
  const userId = await createUser(domain, simulatorAddress('success'));
  const mail = await waitForStatus(domain.domainId, userId, 'delivered');
  expect(mail).toHaveProperty('deliveredAt');
  expect(mail).toHaveProperty('sentAt');
  expect((await licenseOf(domain.domainId, userId))?.mailProblem).toBeUndefined();
});

it('the function ignores messages that are not events, and throws if a retry may succeed', async () => {
  process.env[ENV.tableName] = 'no-such-table';
  const printed: string[] = [];
  process.env.POWERTOOLS_DEV = 'true';
  jest.spyOn(console, 'info').mockImplementation((...line: unknown[]) => void printed.push(line.join(' ')));
  const { handler } = await import('../../lambdas/mail-events');
  const receive = (Message: string) =>
    handler({ Records: [{ Sns: { Message, MessageId: 'sns-1' } }] } as never, {} as Context);
  await receive('Successfully validated SNS topic for Amazon SES event publishing.');
  expect(printed.join()).toContain('Ignored a message that is not an event of a license email');

  const tags = { domainId: ['d'], userId: ['u'], mailId: ['m'] };
  const mail = { timestamp: '2026-01-01T00:00:00.000Z', messageId: 'ses-1', tags };
  const delivery = { timestamp: '2026-01-01T00:00:01.000Z' };
  await expect(receive(JSON.stringify({ eventType: 'Delivery', mail, delivery }))).rejects.toThrow();
});
