import { uniqueName, patchBody } from '../../support/requests/bodies';
import { expectConsistent, expectConsistentAfterSweep } from '../../support/consistency/consistency';
import { readDomain } from '../../support/consistency/domain-data';
import { provisionUser } from '../../support/requests/provision-user';
import { seedUsers } from '../../support/seed/seed-users';
import {
  type ClientResponse,
  type DomainClient,
  createDomainClient,
  planKill,
} from '../../support/system/system';
import { runConcurrently } from '../../support/requests/outcomes';

let domain: DomainClient;
beforeEach(async () => {
  domain = await createDomainClient();
});

const newUsers = async (count: number): Promise<string[]> =>
  (await runConcurrently(count, () => provisionUser(domain))).map(({ id }) => id);

async function newGroup(userIds: readonly string[]): Promise<string> {
  const members = userIds.map((value) => ({ value }));
  const displayName = uniqueName('group');
  const response = await domain.request('POST', '/Groups', { displayName, members });
  expect(response.status).toBe(201);
  return (response.body as { id: string }).id;
}

const remove = async (groupId: string): Promise<void> =>
  expect(await domain.request('DELETE', `/Groups/${groupId}`)).toMatchObject({ status: 204 });

const user = (id: string | undefined): Promise<ClientResponse> => domain.request('GET', `/Users/${id}`);

const versionOf = ({ headers }: ClientResponse): string | null => headers.get('etag');

describe('a deleted group', () => {
  it('leaves no references, and changes no other data', async () => {
    const userIds = await newUsers(4);
    const other = await newGroup(userIds.slice(1));
    const deletedGroup = await newGroup(userIds.slice(0, 3));
    const before = await readDomain(domain.domainId);

    await remove(deletedGroup);
    await expectConsistent(domain.domainId);
    const after = await expectConsistentAfterSweep(domain.domainId);

    expect(after.memberships).toEqual(before.memberships.filter(({ groupId }) => groupId === other));
    expect(after.groups).toEqual(before.groups.filter(({ id }) => id === other));
    expect(after.licenses).toEqual(before.licenses);
    for (const [at, swept] of after.users.entries()) {
      const previous = before.users[at]!;
      const isSwept = previous.groupIds.includes(deletedGroup);
      expect(swept).toEqual({
        ...previous,
        groupIds: previous.groupIds.filter((id) => id !== deletedGroup),
        version: previous.version + (isSwept ? 1 : 0),
        lastModified: isSwept ? (expect.any(String) as string) : previous.lastModified,
      });
      expect(swept.lastModified >= previous.lastModified).toBe(true);
    }
  });

  it('is invisible to clients before and after the sweep, which only changes the version', async () => {
    const [ada] = await newUsers(1);
    const deletedGroup = await newGroup([ada!]);
    await remove(deletedGroup);
    expect((await user(ada)).body).toMatchObject({ groups: [] });
    await expectConsistentAfterSweep(domain.domainId);
    const swept = await user(ada);
    expect(swept.body).toMatchObject({ groups: [] });
    expect(versionOf(swept)).toBe('W/"3"');
  });

  it('of 800 members is swept although its function is killed', async () => {
    const userIds = await seedUsers(domain.domainId, 800);
    const kept = await newGroup(userIds.slice(0, 5));
    const deletedGroup = await newGroup(userIds);
    const kills = await Promise.all(
      [2, 6].map((writes) =>
        planKill('Sweep', { eventContains: domain.domainId, keyContains: deletedGroup, writes }),
      ),
    );
    await remove(deletedGroup);
    for (const killed of kills) expect(await killed()).toBeGreaterThan(0);
    await expectConsistent(domain.domainId);

    const { memberships, users } = await expectConsistentAfterSweep(domain.domainId);
    expect(memberships.map(({ groupId }) => groupId)).toEqual(Array(5).fill(kept));
    expect(users.filter(({ groupIds }) => groupIds.length > 0)).toHaveLength(5);
  });
});

it('a sweep of a user who changes continuously loses no change', async () => {
  const userIds = await newUsers(3);
  const deletedGroup = await newGroup(userIds);
  await remove(deletedGroup);
  for (let at = 0; at < 10; at++) {
    await runConcurrently(3, async (index) => {
      const change = patchBody({ op: 'replace', path: 'title', value: `Title ${at}` });
      const response = await domain.request('PATCH', `/Users/${userIds[index]}`, change);
      expect(response.status).toBe(200);
    });
  }
  const { users } = await expectConsistentAfterSweep(domain.domainId);
  expect(users.map(({ attributes }) => attributes.title)).toEqual(Array(3).fill('Title 9'));
});
