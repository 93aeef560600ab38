import type { BulkOperationResponse } from '../../../shared/http/bulk/bulk-run';
import { Groups } from '../../../shared/service/groups/groups';
import { MAX_MEMBERS_PER_TRANSACTION } from '../../../shared/store/groups/group-store';
import { MAX_GROUPS_PER_TRANSACTION } from '../../../shared/store/users/user-store';
import { bulkBody } from '../../support/requests/bulk';
import { userBody } from '../../support/requests/bodies';
import { createCaller } from '../../support/requests/caller';
import { expectConsistent } from '../../support/consistency/consistency';
import { readMemberships, systemTable } from '../../support/consistency/domain-data';
import { RETENTION_DAYS } from '../../support/store/records';
import { seedUsers } from '../../support/seed/seed-users';
import { type DomainClient, createDomainClient, planKill } from '../../support/system/system';

const MEMBERS = 3 * MAX_MEMBERS_PER_TRANSACTION;

let domain: DomainClient;
let userIds: string[];
beforeAll(async () => {
  domain = await createDomainClient();
  userIds = await seedUsers(domain.domainId, MEMBERS);
});

const refs = (ids: readonly string[]) => ids.map((value) => ({ value }));

/** Kills the function of the next request after two transactions. */
const kill = (part: string) =>
  planKill(part, { eventContains: domain.domainId, keyContains: `${domain.domainId}#GROUP`, writes: 2 });

async function groupsNamed(displayName: string) {
  const { groups, memberships } = await readMemberships(domain.domainId);
  return groups
    .filter(({ attributes }) => attributes.displayName === displayName)
    .map(({ id }) => ({ id, members: memberships.filter(({ groupId }) => groupId === id).length }));
}

it('a POST of a large group is continued by the same POST after the function is killed', async () => {
  const body = { displayName: 'Killed', members: refs(userIds) };
  const killed = await kill('Groups');
  expect(await domain.request('POST', '/Groups', body)).toMatchObject({ status: 502 });
  expect(await killed()).toBe(1);
  const [begun] = await groupsNamed('Killed');
  expect(begun?.members).toBe(2 * MAX_MEMBERS_PER_TRANSACTION);

  const other = { ...body, members: refs(userIds.slice(1)) };
  expect(await domain.request('POST', '/Groups', other)).toMatchObject({ status: 409 });
  const continued = await domain.request('POST', '/Groups', body);
  expect(continued).toMatchObject({ status: 201, body: { id: begun?.id } });
  const { location, version } = (continued.body as { meta: { location: string; version: string } }).meta;
  expect([continued.headers.get('location'), continued.headers.get('etag')]).toEqual([location, version]);
  expect(await groupsNamed('Killed')).toEqual([{ id: begun?.id, members: MEMBERS }]);
  expect(await domain.request('POST', '/Groups', body)).toMatchObject({ status: 409 });
  await expectConsistent(domain.domainId);
});

it('so is a POST in a bulk request', async () => {
  const data = { displayName: 'Bulk', members: refs(userIds) };
  const body = bulkBody([{ method: 'POST', path: '/Groups', bulkId: 'bulk', data }]);
  const killed = await kill('Bulk');
  expect(await domain.request('POST', '/Bulk', body)).toMatchObject({ status: 502 });
  expect(await killed()).toBe(1);
  const [begun] = await groupsNamed('Bulk');

  const continued = await domain.request('POST', '/Bulk', body);
  const [operation] = (continued.body as { Operations: BulkOperationResponse[] }).Operations;
  expect(operation).toMatchObject({
    status: '201',
    location: expect.stringContaining(begun?.id ?? '?') as string,
  });
  expect(await groupsNamed('Bulk')).toEqual([{ id: begun?.id, members: MEMBERS }]);
  await expectConsistent(domain.domainId);
});

it('so is a POST of a user with many groups', async () => {
  const number = 2 * MAX_GROUPS_PER_TRANSACTION + 2;
  const caller = createCaller({ domainId: domain.domainId });
  const table = await systemTable();
  const groupIds: string[] = [];
  for (let at = 0; at < number; at++) {
    const { id } = await new Groups(table, RETENTION_DAYS, caller).create({ displayName: `Group ${at}` });
    groupIds.push(id);
  }
  const body = userBody('ada', { groups: refs(groupIds) });
  const killed = await kill('Users');
  expect(await domain.request('POST', '/Users', body)).toMatchObject({ status: 502 });
  expect(await killed()).toBe(1);

  const continued = await domain.request('POST', '/Users', body);
  expect(continued).toMatchObject({ status: 201, body: { userName: body.userName } });
  expect((continued.body as { groups: unknown[] }).groups).toHaveLength(number);
  expect(await domain.request('POST', '/Users', body)).toMatchObject({ status: 409 });
  await expectConsistent(domain.domainId);
});
