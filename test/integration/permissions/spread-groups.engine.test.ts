import { spreadGroup } from '../../../shared/store/groups/group-heads';
import { resourceKey } from '../../../shared/store/table/keys';
import { expectConsistentAfterSweep } from '../../support/consistency/consistency';
import { systemTable } from '../../support/consistency/domain-data';
import { eventually } from '../../support/jest/timeouts';
import { sendBulk } from '../../support/requests/bulk';
import { seedUsers } from '../../support/seed/seed-users';
import { createDomainClient, type DomainClient } from '../../support/system/system';

// Changes of a group whose member changes are spread over its heads, by each function that makes them.

let domain: DomainClient;
let userIds: string[];
beforeEach(async () => {
  domain = await createDomainClient();
  userIds = await seedUsers(domain.domainId, 12);
});
afterEach(() => expectConsistentAfterSweep(domain.domainId));

const patchOf = (...Operations: object[]): object => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations,
});
const refs = (ids: readonly string[]) => ids.map((value) => ({ value }));
const membersPatch = (op: string, ...ids: string[]) => patchOf({ op, path: 'members', value: refs(ids) });

async function newGroup(members: readonly string[] = []): Promise<string> {
  const group = await domain.request('POST', '/Groups', { displayName: 'Team', members: refs(members) });
  return (group.body as { id: string }).id;
}

const isSpread = async (id: string): Promise<boolean> =>
  (await (await systemTable()).get(resourceKey(domain.domainId, 'GROUP', id)))?.heads !== undefined;
const spread = async (id: string) => spreadGroup(await systemTable(), domain.domainId, id);
const etagOf = async (id: string): Promise<string> =>
  (await domain.request('GET', `/Groups/${id}`)).headers.get('etag') ?? '';
const membersOf = async (id: string): Promise<string[]> => {
  const group = await domain.request('GET', `/Groups/${id}`);
  return ((group.body as { members?: { value: string }[] }).members ?? []).map(({ value }) => value);
};

/** Sends one request for each user at the same time, until the group is spread. */
async function untilSpread(id: string, send: (userId: string, isMember: boolean) => Promise<unknown>) {
  let isMember = true;
  await eventually('the group is spread', async () => {
    await Promise.all(userIds.map((userId) => send(userId, isMember)));
    isMember = !isMember;
    return isSpread(id);
  });
  return isMember ? [] : userIds;
}

it('changes of a group, deletions of users, and changes of users make it spread', async () => {
  const first = await newGroup();
  const members = await untilSpread(first, (userId, isMember) =>
    domain.request('PATCH', `/Groups/${first}`, membersPatch(isMember ? 'add' : 'remove', userId)),
  );
  expect(await membersOf(first)).toEqual(members);
  await domain.request('DELETE', `/Groups/${first}`);

  const second = await newGroup();
  const operation = (isMember: boolean) => ({
    op: isMember ? 'add' : 'remove',
    path: 'groups',
    value: refs([second]),
  });
  const left = await untilSpread(second, (userId, isMember) =>
    domain.request('PATCH', `/Users/${userId}`, patchOf(operation(isMember))),
  );
  expect(await membersOf(second)).toEqual(left);
  await Promise.all(userIds.map((userId) => domain.request('DELETE', `/Users/${userId}`)));
  expect(await membersOf(second)).toEqual([]);
});

it('a spread group is changed with and without If-Match, and deleted', async () => {
  const [one = '', two = '', three = ''] = userIds;
  const id = await newGroup([one]);
  await spread(id);
  const path = `/Groups/${id}`;
  const old = await etagOf(id);
  expect(await domain.request('PATCH', path, membersPatch('add', two))).toMatchObject({ status: 200 });
  const current = await etagOf(id);
  const send = (etag: string) =>
    domain.request('PATCH', path, membersPatch('add', three), { 'if-match': etag });
  expect(await send(old)).toMatchObject({ status: 412 });
  expect(await send(current)).toMatchObject({ status: 200 });
  const unchanged = { 'if-none-match': await etagOf(id) };
  expect(await domain.request('GET', path, undefined, unchanged)).toMatchObject({ status: 304 });
  expect(await membersOf(id)).toEqual([one, two, three]);
  const members = `/Users?filter=${encodeURIComponent(`groups.value eq "${id}"`)}`;
  expect(await domain.request('GET', members)).toMatchObject({ body: { totalResults: 3 } });
  expect(await domain.request('DELETE', path, undefined, { 'if-match': current })).toMatchObject({
    status: 412,
  });
  expect(await domain.request('DELETE', path)).toMatchObject({ status: 204 });
});

it('a bulk request changes and deletes a spread group', async () => {
  const [one = '', two = ''] = userIds;
  const id = await newGroup();
  await spread(id);
  const path = `/Groups/${id}`;
  const add = (userId: string) => ({ method: 'PATCH', path, data: membersPatch('add', userId) });
  expect(await sendBulk(domain, [add(one)])).toMatchObject([{ status: '200' }]);
  const version = await etagOf(id);
  expect(await sendBulk(domain, [{ ...add(two), version }])).toMatchObject([{ status: '200' }]);
  expect(await membersOf(id)).toEqual([one, two]);
  expect(await sendBulk(domain, [{ method: 'DELETE', path }])).toMatchObject([{ status: '204' }]);
});
