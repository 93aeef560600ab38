import { GroupViews, MAX_LISTED_MEMBERS } from '../../../shared/service/groups/group-views';
import type { Resource } from '../../../shared/scim/resource';
import type { Member, MembershipStore } from '../../../shared/store/groups/membership';
import type { ResourceRecord } from '../../../shared/store/resources/resource-record';
import { groupRecord } from '../../support/store/records';

/** Memberships whose reads end only when the test says so. */
function pausedMemberships() {
  const reads: { groupId: string; end: () => void }[] = [];
  const memberships = {
    members: (groupId: string) =>
      new Promise<Member[]>((resolve) =>
        reads.push({ groupId, end: () => resolve([{ userId: `member of ${groupId}` }]) }),
      ),
  };
  return {
    reads,
    views: new GroupViews(memberships as unknown as MembershipStore, 'https://example.com/v2'),
  };
}

const groupsOf = (...memberCounts: number[]): ResourceRecord[] =>
  memberCounts.map((memberCount, at) => ({ ...groupRecord(`Group ${at}`), id: String(at), memberCount }));

/**
 * Shows groups. Returns the ids of the groups whose members were read at the same time, in the order of the
 * reads.
 */
async function readsOf(groups: readonly ResourceRecord[]): Promise<string[][]> {
  const { reads, views } = pausedMemberships();
  const together: string[][] = [];
  const shown: string[] = [];
  const iterator: AsyncIterator<Resource, undefined> = views.showAllWithMembers(groups);
  for (;;) {
    const next = iterator.next();
    await new Promise(setImmediate);
    if (reads.length > 0) together.push(reads.map(({ groupId }) => groupId));
    for (const { end } of reads.splice(0).reverse()) end();
    const { value } = await next;
    if (!value) break;
    shown.push(value.id);
  }
  expect(shown).toEqual(groups.map(({ id }) => id));
  return together;
}

describe('the members of listed groups', () => {
  it('are read at the same time if the groups are small', async () => {
    expect(await readsOf(groupsOf(1, 2, 3))).toEqual([['0', '1', '2']]);
  });

  it('are read for at most ten groups, or 1,000 members, at the same time', async () => {
    expect(await readsOf(groupsOf(...Array.from({ length: 11 }, () => 1)))).toEqual([
      ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
      ['10'],
    ]);
    expect(await readsOf(groupsOf(400, 600, 1, 1_000, 1_001, 1, 2))).toEqual([
      ['0', '1'],
      ['2'],
      ['3'],
      ['4'],
      ['5', '6'],
    ]);
  });

  it('are not read if the group has none', async () => {
    expect(await readsOf(groupsOf(0, 1, 0))).toEqual([['1']]);
    expect(await readsOf(groupsOf(0, 0))).toEqual([]);
  });

  it('are read if the group is spread, because its counts are not of one moment', async () => {
    const [group] = groupsOf(0);
    expect(await readsOf([{ ...(group as ResourceRecord), includesHeads: true }])).toEqual([['0']]);
  });

  it('are refused for a group that is too large only after the groups before it', async () => {
    const { views } = pausedMemberships();
    const iterator = views.showAllWithMembers(groupsOf(0, MAX_LISTED_MEMBERS + 1));
    expect((await iterator.next()).value).toMatchObject({ id: '0', members: [] });
    await expect(iterator.next()).rejects.toMatchObject({ status: 400, scimType: 'tooMany' });
  });
});
