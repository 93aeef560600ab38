import { GroupDirectory } from '../../../shared/service/groups/group-directory';
import type { NamePosition } from '../../../shared/service/resources/name-search';
import { systemTable } from '../../support/consistency/domain-data';
import { provisionUser } from '../../support/requests/provision-user';
import { giveLegacyName } from '../../support/store/legacy-names';
import { type DomainClient, createDomainClient } from '../../support/system/system';

let domain: DomainClient;
let directory: GroupDirectory;
let staffId: string;
const userIds: string[] = [];

const createGroup = async (displayName: string, members: readonly string[] = []): Promise<string> => {
  const body = { displayName, members: members.map((value) => ({ value })) };
  return ((await domain.request('POST', '/Groups', body)).body as { id: string }).id;
};

beforeAll(async () => {
  domain = await createDomainClient();
  directory = new GroupDirectory(await systemTable(), domain.domainId);
  for (const userName of ['ann', 'bob', 'eva']) userIds.push((await provisionUser(domain, { userName })).id);
  staffId = await createGroup('Staff', userIds);
  await createGroup('engineering');
  await createGroup('Engineers');
  await createGroup('Sales');
});

/** Returns the names that all pages of a list have. */
async function namesOf(text: string | undefined, limit: number): Promise<unknown[]> {
  const names: unknown[] = [];
  let after: NamePosition | undefined;
  do {
    const { records, next } = await directory.list(text, limit, after);
    expect(records.length).toBeLessThanOrEqual(limit);
    names.push(...records.map(({ attributes }) => attributes.displayName));
    after = next;
  } while (after);
  return names;
}

it.each([1, 2, 10])('lists all groups in the order of their names, %i at a time', async (limit) => {
  expect(await namesOf(undefined, limit)).toEqual(['engineering', 'Engineers', 'Sales', 'Staff']);
});

it.each([1, 2, 10])('finds groups by the beginning of their names, %i at a time', async (limit) => {
  expect(await namesOf('ENG', limit)).toEqual(['engineering', 'Engineers']);
  expect(await namesOf('nobody', limit)).toEqual([]);
  expect(await namesOf('\ud800', limit)).toEqual([]);
});

it('also finds a name that has the key of a previous version', async () => {
  const id = await createGroup('temporary');
  await giveLegacyName(await systemTable(), domain.domainId, 'GROUP', id, 'Ｌegacy');
  expect(await namesOf('Ｌeg', 1)).toEqual(['Ｌegacy']);
  await domain.request('DELETE', `/Groups/${id}`);
});

it.each([1, 2, 10])('lists the members of a group, %i at a time', async (limit) => {
  const found: string[] = [];
  let after: string | undefined;
  do {
    const { users, next } = await directory.members(staffId, limit, after);
    found.push(...users.map(({ id }) => id));
    after = next;
  } while (after !== undefined);
  expect(found).toEqual([...userIds].sort());
});

it('shows the number of members after each change', async () => {
  const [first = ''] = userIds;
  const id = await createGroup('Counted', [first]);
  expect((await directory.get(id)).memberCount).toBe(1);
  await domain.request('PATCH', `/Groups/${id}`, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'remove', path: `members[value eq "${first}"]` }],
  });
  expect((await directory.get(id)).memberCount).toBe(0);
  await domain.request('DELETE', `/Groups/${id}`);
});

it('finds no group of another domain, and no deleted group', async () => {
  const other = await createDomainClient();
  const elsewhere = new GroupDirectory(await systemTable(), other.domainId);
  await expect(elsewhere.get(staffId)).rejects.toMatchObject({ status: 404 });
  await expect(elsewhere.members(staffId, 10)).rejects.toMatchObject({ status: 404 });
  const deleted = await createGroup('Deleted', userIds);
  await domain.request('DELETE', `/Groups/${deleted}`);
  await expect(directory.members(deleted, 10)).rejects.toMatchObject({ status: 404 });
});
