import { Groups } from '../../../shared/service/groups/groups';
import { MAX_MEMBERS_PER_TRANSACTION } from '../../../shared/store/groups/group-store';
import { createCaller } from '../../support/requests/caller';
import { RETENTION_DAYS } from '../../support/store/records';
import { expectConsistent, expectConsistentMemberships } from '../../support/consistency/consistency';
import { type Memberships, systemTable } from '../../support/consistency/domain-data';
import { seedUsers } from '../../support/seed/seed-users';
import {
  type DomainClient,
  createDomainClient,
  persistentClient,
  planKill,
} from '../../support/system/system';

const MEMBERS = 5_000;
const CHUNKS = Math.ceil(MEMBERS / MAX_MEMBERS_PER_TRANSACTION);
/** The first crash interrupts the first request. The others interrupt its retries. */
const CRASHES = 4;

let domain: DomainClient;
let ids: string[];
/** Members that the PUT removes. */
let previousMembers: string[];
beforeAll(async () => {
  domain = await createDomainClient();
  const all = await seedUsers(domain.domainId, MEMBERS + 30);
  ids = all.slice(30);
  previousMembers = all.slice(0, 30);
});

const memberValues = (userIds: readonly string[]) => userIds.map((value) => ({ value }));
const membersIn = ({ memberships }: Memberships, group: string): string[] =>
  memberships.flatMap(({ groupId, userId }) => (groupId === group ? [userId] : []));

async function newGroup(displayName: string): Promise<string> {
  const response = await domain.request('POST', '/Groups', {
    displayName,
    members: memberValues(previousMembers),
  });
  return (response.body as { id: string }).id;
}

describe(`a PUT of ${MEMBERS} members`, () => {
  it('is completed by retries after the function is killed several times', async () => {
    const groupId = await newGroup('Killed');
    const path = `/Groups/${groupId}`;
    // If a request times out, a retry continues from there.
    const { request } = persistentClient(domain);
    const put = () => request('PUT', path, { displayName: 'Killed', members: memberValues(ids) });

    let before = 0;
    for (let kill = 1; kill <= CRASHES; kill++) {
      const writes = 1 + Math.floor((Math.random() * CHUNKS) / (2 * CRASHES));
      const killed = await planKill('Groups', {
        eventContains: domain.domainId,
        keyContains: groupId,
        writes,
      });
      expect(await put()).toMatchObject({ status: 502 });
      expect(await killed()).toBe(1);
      const reached = membersIn(await expectConsistentMemberships(domain.domainId), groupId).filter(
        (id) => !previousMembers.includes(id),
      );
      expect(reached.length).toBeGreaterThan(before);
      expect(reached.length).toBeLessThan(MEMBERS);
      before = reached.length;
    }
    const response = await put();

    expect(response.status).toBe(200);
    expect((response.body as { members: unknown[] }).members).toHaveLength(MEMBERS);
    expect(membersIn(await expectConsistent(domain.domainId), groupId)).toEqual([...ids].sort());
  });

  it('returns 503 and keeps completed changes if it times out, and is completed by the same request', async () => {
    const groupId = await newGroup('Late');
    const body = { displayName: 'Late', members: memberValues(ids) };
    const start = Date.now();
    /** Returns a clock that advances with each reading. A chunk reads it twice. */
    const clock = (seconds = 1) => {
      let reads = 0;
      return () => new Date(start + 1_000 * seconds * reads++);
    };
    const caller = createCaller({ domainId: domain.domainId, deadline: start + 60_000 });
    const groups = async (now: () => Date) => new Groups(await systemTable(), RETENTION_DAYS, caller, now);

    const timedOut = (await groups(clock())).replace(groupId, body);
    await expect(timedOut).rejects.toMatchObject({
      status: 503,
      detail: expect.stringContaining('Send the same request again') as string,
    });
    const written = membersIn(await expectConsistentMemberships(domain.domainId), groupId).length;
    expect(written).toBeGreaterThan(20 * MAX_MEMBERS_PER_TRANSACTION);
    expect(written).toBeLessThan(MEMBERS);

    const { members } = await (await groups(clock(0))).replace(groupId, body);
    expect(members).toHaveLength(MEMBERS);
    expect(membersIn(await expectConsistent(domain.domainId), groupId)).toEqual([...ids].sort());
  });
});
