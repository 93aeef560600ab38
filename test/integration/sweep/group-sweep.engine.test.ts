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
  const answer = await domain.request('POST', '/Groups', { displayName, members });
  expect(answer.status).toBe(201);
  return (answer.body as { id: string }).id;
}

const remove = async (groupId: string): Promise<void> =>
  expect(await domain.request('DELETE', `/Groups/${groupId}`)).toMatchObject({ status: 204 });

const user = (id: string | undefined): Promise<ClientResponse> => domain.request('GET', `/Users/${id}`);

const versionOf = ({ headers }: ClientResponse): string | null => headers.get('etag');

describe('a deleted group', () => {
  it('leaves nothing behind, and all else as it was', async () => {
    const userIds = await newUsers(4);
    const other = await newGroup(userIds.slice(1));
    const gone = await newGroup(userIds.slice(0, 3));
    const before = await readDomain(domain.domainId);

    await remove(gone);
    await expectConsistent(domain.domainId);
    const after = await expectConsistentAfterSweep(domain.domainId);

    expect(after.memberships).toEqual(before.memberships.filter(({ groupId }) => groupId === other));
    expect(after.groups).toEqual(before.groups.filter(({ id }) => id === other));
    expect(after.licenses).toEqual(before.licenses);
    for (const [at, swept] of after.users.entries()) {
      const was = before.users[at]!;
      const isSwept = was.groupIds.includes(gone);
      expect(swept).toEqual({
        ...was,
        groupIds: was.groupIds.filter((id) => id !== gone),
        version: was.version + (isSwept ? 1 : 0),
        lastModified: isSwept ? (expect.any(String) as string) : was.lastModified,
      });
      expect(swept.lastModified >= was.lastModified).toBe(true);
    }
  });

  it('is gone from what clients see before and after the sweep alike, but for the version', async () => {
    const [ada] = await newUsers(1);
    const gone = await newGroup([ada!]);
    await remove(gone);
    expect((await user(ada)).body).toMatchObject({ groups: [] });
    await expectConsistentAfterSweep(domain.domainId);
    const swept = await user(ada);
    expect(swept.body).toMatchObject({ groups: [] });
    expect(versionOf(swept)).toBe('W/"3"');
  });

  it('of 800 members is swept though its function is killed in the middle', async () => {
    const userIds = await seedUsers(domain.domainId, 800);
    const kept = await newGroup(userIds.slice(0, 5));
    const gone = await newGroup(userIds);
    const kills = await Promise.all(
      [2, 6].map((writes) => planKill('Sweep', { of: domain.domainId, names: gone, writes })),
    );
    await remove(gone);
    for (const killed of kills) expect(await killed()).toBe(1);
    await expectConsistent(domain.domainId);

    const { memberships, users } = await expectConsistentAfterSweep(domain.domainId);
    expect(memberships.map(({ groupId }) => groupId)).toEqual(Array(5).fill(kept));
    expect(users.filter(({ groupIds }) => groupIds.length > 0)).toHaveLength(5);
  });
});

it('a user who changes all the time is swept as well, and loses no change', async () => {
  const userIds = await newUsers(3);
  const gone = await newGroup(userIds);
  await remove(gone);
  for (let at = 0; at < 10; at++) {
    await runConcurrently(3, async (index) => {
      const change = patchBody({ op: 'replace', path: 'title', value: `Title ${at}` });
      const answer = await domain.request('PATCH', `/Users/${userIds[index]}`, change);
      expect(answer.status).toBe(200);
    });
  }
  const { users } = await expectConsistentAfterSweep(domain.domainId);
  expect(users.map(({ attributes }) => attributes.title)).toEqual(Array(3).fill('Title 9'));
});
