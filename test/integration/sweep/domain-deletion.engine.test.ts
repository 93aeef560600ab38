import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { LONGEST_REQUEST_MS } from '../../../shared/service/sweep/leftovers';
import { auditKey, tombstoneKey, deletedDomainKey, type ItemKey } from '../../../shared/store/table/keys';
import { mailKey, OUTBOX_MINUTES_PARTITION } from '../../../shared/store/table/mail-keys';
import { uniqueName, replaceBody, userBody } from '../../support/requests/bodies';
import { systemTable } from '../../support/consistency/domain-data';
import { provisionUser } from '../../support/requests/provision-user';
import { seedUsers } from '../../support/seed/seed-users';
import { listMailsTo, waitForMail } from '../../support/system/mails';
import {
  domainAdmin,
  type DomainClient,
  createDomainClient,
  fireRule,
  OPERATOR,
  planKill,
  session,
} from '../../support/system/system';
import { eventually } from '../../support/jest/timeouts';
import { documentClient } from '../../support/store/document-client';

const NAME = 'Example Inc';

const deleteDomain = async ({ domainId }: DomainClient) =>
  (await domainAdmin()).deleteDomain(domainId, NAME, OPERATOR);

async function isSwept({ domainId }: DomainClient): Promise<boolean> {
  const { domains } = await (await domainAdmin()).listDeletedDomains(100, domainId.replace(/.{12}$/, ''));
  return domains.some((domain) => domain.domainId === domainId && domain.sweptAt !== undefined);
}

const waitUntilSwept = (domain: DomainClient) =>
  eventually('the sweep of the domain', () => isSwept(domain), 250);

/** Returns the keys of all items that contain the id of the domain. */
async function remainingItems({ domainId }: DomainClient): Promise<ItemKey[]> {
  const table = await systemTable();
  const found: ItemKey[] = [];
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await documentClient(table).send(
      new ScanCommand({ TableName: table.name, ConsistentRead: true, ExclusiveStartKey }),
    );
    const items = (page.Items ?? []) as ItemKey[];
    found.push(...items.filter((item) => JSON.stringify(item).includes(domainId)));
    ({ LastEvaluatedKey: ExclusiveStartKey } = page);
  } while (ExclusiveStartKey);
  return found.map(({ pk, sk }) => ({ pk, sk }));
}

/** Fails unless only those items remain that docs/architecture.md lists. */
async function expectNoItems(domain: DomainClient): Promise<void> {
  const { domainId } = domain;
  const kept = [tombstoneKey(domainId), deletedDomainKey(domainId)].map(({ pk, sk }) => `${pk} ${sk}`);
  const isKept = ({ pk, sk }: ItemKey) =>
    kept.includes(`${pk} ${sk}`) ||
    pk.startsWith('LICENSEKEY#') ||
    pk === auditKey('DEPLOYMENT', '').pk ||
    // The outbox removes them within minutes.
    pk === OUTBOX_MINUTES_PARTITION;
  expect((await remainingItems(domain)).filter((key) => !isKept(key))).toEqual([]);
}

const licenseStatus = async (key: string): Promise<string> => {
  const response = await fetch(session().licenseCheckUrl, { headers: { 'License-Key': key } });
  return ((await response.json()) as { status: string }).status;
};

describe('a deleted domain', () => {
  it('leaves only the required items, sends no emails to its users, and has no valid license keys', async () => {
    const domain = await createDomainClient({ name: NAME });
    const users = [await provisionUser(domain), await provisionUser(domain)];
    const members = users.map(({ id }) => ({ value: id }));
    await domain.request('POST', '/Groups', { displayName: uniqueName('group'), members });
    await domain.request('GET', '/Users?startIndex=1&count=1');
    await domain.request('POST', '/Users', 'broken');
    await domain.request('PATCH', users[1]!.path, replaceBody('active', false));
    const [mail] = await waitForMail(users[0]!.userName);
    await waitForMail(users[1]!.userName, 2);
    const key = /\w{5}(-\w{5}){4}/.exec(mail?.body.text ?? '')?.[0] ?? '';
    expect(await licenseStatus(key)).toBe('active');

    await deleteDomain(domain);
    expect(await domain.request('GET', '/Users')).toMatchObject({ status: 401 });
    await waitUntilSwept(domain);

    await expectNoItems(domain);
    expect(await licenseStatus(key)).toBe('inactive');
    expect(await listMailsTo(users[0]!.userName)).toHaveLength(1);
    expect(await listMailsTo(users[1]!.userName)).toHaveLength(2);
  });

  it('is swept once more on a schedule, after all requests in progress have ended', async () => {
    const domain = await createDomainClient({ name: NAME });
    await deleteDomain(domain);
    await waitUntilSwept(domain);
    const { domainId } = domain;
    const table = await systemTable();
    await table.put({ ...mailKey(domainId, 'user', 'mail'), status: 'sent', to: 'jane@example.com' });
    await table.put({ ...auditKey(domainId, 'refused'), action: 'request.refused' });
    const earlier = new Date(Date.now() - LONGEST_REQUEST_MS - 60_000).toISOString();
    await table.update(deletedDomainKey(domainId), { set: { deletedAt: earlier } });

    await fireRule('Leftovers');
    await expectNoItems(domain);
  });

  it('is swept although clients write until the end and the function is killed', async () => {
    const domain = await createDomainClient({ name: NAME });
    await seedUsers(domain.domainId, 400);
    let isStopped = false;
    const statuses = new Set<number>();
    const client = async (): Promise<void> => {
      while (!isStopped) statuses.add((await domain.request('POST', '/Users', userBody())).status);
    };
    const clients = Array.from({ length: 4 }, client);
    await eventually('some traffic', () => statuses.has(201), 20);

    const kill = await planKill('Sweeper', { eventContains: domain.domainId, writes: 5 });
    await deleteDomain(domain);
    expect(await kill()).toBeGreaterThan(0);
    isStopped = true;
    await Promise.all(clients);
    await waitUntilSwept(domain);

    await expectNoItems(domain);
    // 403 occurs because the API key is deleted before the cached result of the authorizer expires.
    expect([...statuses].filter((status) => ![201, 401, 403].includes(status))).toEqual([]);
  });
});
