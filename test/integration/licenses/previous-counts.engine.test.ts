import { readCounts, readSnapshot } from '../../../shared/store/domains/counts';
import { tombstoneKey } from '../../../shared/store/table/keys';
import { expectConsistent, expectWithinSeats } from '../../support/consistency/consistency';
import { systemTable } from '../../support/consistency/domain-data';
import { eventually } from '../../support/jest/timeouts';
import { replaceBody, uniqueName, userBody } from '../../support/requests/bodies';
import { createUserOperation, sendBulk } from '../../support/requests/bulk';
import { provisionUser } from '../../support/requests/provision-user';
import { countAsFormerVersion, giveFormerCounts } from '../../support/store/former-counts';
import { setSeats } from '../../support/store/set-seats';
import { createDomainClient, domainAdmin, OPERATOR, type DomainClient } from '../../support/system/system';

// A domain whose counts the previous version has written: one item that every change wrote.

async function domainOfPreviousVersion(seats?: number): Promise<DomainClient> {
  const domain = await createDomainClient();
  const table = await systemTable();
  if (seats !== undefined) await setSeats(table, domain.domainId, { seats, seatPolicy: 'wait' });
  await provisionUser(domain);
  await provisionUser(domain);
  await domain.request('POST', '/Groups', { displayName: uniqueName('group') });
  await giveFormerCounts(table, domain.domainId);
  return domain;
}

const totalOf = async (domain: DomainClient, type: string): Promise<number> =>
  ((await domain.request('GET', `/${type}?count=1`)).body as { totalResults: number }).totalResults;

it.each<[string, (domain: DomainClient) => Promise<unknown>, object]>([
  ['POST /Users', (domain) => domain.request('POST', '/Users', userBody()), { users: 3 }],
  [
    'POST /Groups',
    (domain) => domain.request('POST', '/Groups', { displayName: uniqueName('group') }),
    { groups: 2 },
  ],
  [
    'POST /Bulk',
    (domain) => sendBulk(domain, [createUserOperation('u', uniqueName(), { active: true })]),
    { users: 3 },
  ],
  [
    'a list of all resources, and POST /Users',
    async (domain) => {
      const list = await domain.request('GET', '/?count=100');
      expect(list).toMatchObject({ status: 200, body: { totalResults: 3 } });
      await domain.request('POST', '/Users', userBody());
    },
    { users: 3 },
  ],
])('%s continues with the counts of the previous version', async (_, change, expected) => {
  const domain = await domainOfPreviousVersion();
  expect([await totalOf(domain, 'Users'), await totalOf(domain, 'Groups')]).toEqual([2, 1]);
  await change(domain);
  const { counts, shards = [] } = await expectConsistent(domain.domainId);
  expect(counts).toMatchObject(expected);
  expect(shards).not.toEqual([]);
  expect(await totalOf(domain, 'Users')).toBe(counts.users);
});

it('the seats of the previous version are set, and given to the queue', async () => {
  const domain = await domainOfPreviousVersion(1);
  const { domainId } = domain;
  const table = await systemTable();
  // A function of this version that runs meanwhile may be moving the counts.
  await eventually('the counts', async () => {
    const { activeLicenses, pendingLicenses } = await readCounts(table, domainId);
    return activeLicenses === 1 && pendingLicenses === 1;
  });
  await (await domainAdmin()).updateDomain(domainId, { seats: 2 }, OPERATOR);
  await eventually('the promotion', async () => (await readCounts(table, domainId)).pendingLicenses === 0);
  const { counts } = await expectWithinSeats(domainId);
  expect(counts).toMatchObject({ activeLicenses: 2, seats: 2 });
});

it('a seat that a function of the previous version adds goes to the queue', async () => {
  const domain = await domainOfPreviousVersion(1);
  const { domainId } = domain;
  const table = await systemTable();
  await table.update(tombstoneKey(domainId), { set: { seats: 2, wokenAt: 'now' } });
  await eventually('the promotion', async () => (await readSnapshot(table, domainId)).activeLicenses === 2);
  expect((await expectWithinSeats(domainId)).counts).toMatchObject({ seats: 2, pendingLicenses: 0 });
});

it('functions of both versions count at the same time during a deployment', async () => {
  const domain = await domainOfPreviousVersion();
  const { domainId } = domain;
  const table = await systemTable();
  const formerly = () => countAsFormerVersion(table, domainId, { users: 1, activeLicenses: 1 });
  const [{ status }] = await Promise.all([
    domain.request('POST', '/Users', userBody()),
    ...Array.from({ length: 5 }, formerly),
  ]);
  expect(status).toBe(201);
  await formerly();
  await eventually('the counts', async () => (await readSnapshot(table, domainId)).users === 9);
  expect(await readCounts(table, domainId)).toMatchObject({ users: 9, activeLicenses: 9 });
});

it('a license of the previous version ends and begins again', async () => {
  const domain = await domainOfPreviousVersion(2);
  const { path } = await provisionUser(domain);
  for (const active of [false, true])
    expect((await domain.request('PATCH', path, replaceBody('active', active))).status).toBe(200);
  await expectWithinSeats(domain.domainId);
});
