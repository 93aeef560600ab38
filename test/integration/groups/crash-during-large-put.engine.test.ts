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
/** The first one cuts the first request; the others cut it when it is repeated. */
const CRASHES = 4;

let domain: DomainClient;
let ids: string[];
/** Members that a PUT takes out. */
let previousMembers: string[];
beforeAll(async () => {
  domain = await createDomainClient();
  const all = await seedUsers(domain.domainId, MEMBERS + 30);
  ids = all.slice(30);
  previousMembers = all.slice(0, 30);
});

const memberValues = (of: readonly string[]) => of.map((value) => ({ value }));
const membersIn = ({ memberships }: Memberships, group: string): string[] =>
  memberships.flatMap(({ groupId, userId }) => (groupId === group ? [userId] : []));

async function newGroup(displayName: string): Promise<string> {
  const answer = await domain.request('POST', '/Groups', {
    displayName,
    members: memberValues(previousMembers),
  });
  return (answer.body as { id: string }).id;
}

describe(`a PUT of ${MEMBERS} members`, () => {
  it('is finished by the same request, wherever the function was killed in it, again and again', async () => {
    const groupId = await newGroup('Killed');
    const path = `/Groups/${groupId}`;
    // If a request runs out of time, the same request goes on from there.
    const { request } = persistentClient(domain);
    const put = () => request('PUT', path, { displayName: 'Killed', members: memberValues(ids) });

    let before = 0;
    for (let kill = 1; kill <= CRASHES; kill++) {
      const writes = 1 + Math.floor((Math.random() * CHUNKS) / (2 * CRASHES));
      const killed = await planKill('Groups', { of: domain.domainId, names: groupId, writes });
      expect(await put()).toMatchObject({ status: 502 });
      expect(await killed()).toBe(1);
      const reached = membersIn(await expectConsistentMemberships(domain.domainId), groupId).filter(
        (id) => !previousMembers.includes(id),
      );
      expect(reached.length).toBeGreaterThan(before);
      expect(reached.length).toBeLessThan(MEMBERS);
      before = reached.length;
    }
    const answer = await put();

    expect(answer.status).toBe(200);
    expect((answer.body as { members: unknown[] }).members).toHaveLength(MEMBERS);
    expect(membersIn(await expectConsistent(domain.domainId), groupId)).toEqual([...ids].sort());
  });

  it('is 503 where its time is over in the middle, keeps what it wrote, and is finished by the same request', async () => {
    const groupId = await newGroup('Late');
    const body = { displayName: 'Late', members: memberValues(ids) };
    const start = Date.now();
    /** A second passes with each look at the clock; a chunk takes two. */
    const clock = (seconds = 1) => {
      let looks = 0;
      return () => new Date(start + 1_000 * seconds * looks++);
    };
    const caller = createCaller({ domainId: domain.domainId, deadline: start + 60_000 });
    const groups = async (now: () => Date) => new Groups(await systemTable(), RETENTION_DAYS, caller, now);

    const late = (await groups(clock())).replace(groupId, body);
    await expect(late).rejects.toMatchObject({
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
