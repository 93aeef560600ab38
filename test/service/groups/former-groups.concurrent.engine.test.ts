import type { Groups } from '../../../shared/service/groups/groups';
import type { Table } from '../../../shared/store/table/table';
import { expectConsistent } from '../../support/consistency/consistency';
import { FormerGroup, versionOf } from '../../support/service/former-group';
import {
  addMembers,
  memberIdsOf,
  refs,
  removeMembers,
  renameGroup,
} from '../../support/service/groups-harness';
import { createTableLikeSystem } from '../../support/store/create-table';
import { startEngineProxy, type EngineProxy } from '../../support/store/engine-proxy';

// Functions of the version before the heads that still run, next to functions of this version.

let table: Table;
let front: EngineProxy;
let harness: FormerGroup;
let members: readonly string[];
let others: readonly string[];
let id: string;

beforeAll(async () => {
  table = await createTableLikeSystem();
  front = await startEngineProxy(table.name);
});
afterAll(() => front.close());
afterEach(() => expectConsistent(harness.caller.domainId, table));

async function given(memberCount: number): Promise<void> {
  harness = await FormerGroup.create(table, front, memberCount);
  ({ members, others, id } = harness);
}

const first = (ids: readonly string[], at = 0): string => ids[at] ?? '';

describe('a function of the previous version that still runs', () => {
  beforeEach(() => given(3));

  it('changes members after another function has read the group', async () => {
    harness.beforeTransaction(() =>
      harness.former.change(id, { add: [first(others)], remove: [first(members)] }),
    );
    const changed = await harness.slowGroups().patch(id, addMembers(first(others, 1)));
    expect(await harness.isSpread()).toBe(true);
    const expected = [...members.slice(1), ...others.slice(0, 2)].sort();
    expect([memberIdsOf(changed), await harness.memberCount()]).toEqual([expected, 4]);
    expect(versionOf(changed)).toBe('3');
  });

  it.each<[string, (groups: Groups, version: string[]) => Promise<unknown>]>([
    ['a rename', (groups, version) => groups.patch(id, renameGroup('Marketing'), version)],
    ['a change of members', (groups, version) => groups.patch(id, addMembers(first(others, 1)), version)],
    [
      'a replacement of all members',
      (groups, version) => groups.replace(id, { displayName: 'Sales', members: refs(others) }, version),
    ],
    ['a deletion', (groups, version) => groups.delete(id, version)],
  ])('changes members just before %s with If-Match, which fails', async (_, change) => {
    for (const isSpreadBefore of [false, true]) {
      if (isSpreadBefore) {
        await harness.spreadWith(first(others, 2));
      }
      const version = await harness.version();
      const next = isSpreadBefore ? { remove: [first(others)] } : { add: [first(others)] };
      harness.beforeTransaction(() => harness.former.change(id, next));
      await expect(change(harness.slowGroups(), [version])).rejects.toMatchObject({ status: 412 });
      expect(Number(await harness.version())).toBe(Number(version) + 1);
    }
  });

  it('changes members of a spread group, and adds to the same sums', async () => {
    await harness.spreadWith(first(others));
    const version = Number(await harness.version());
    await harness.former.change(id, { add: [first(others, 1)] });
    await harness.groups().patch(id, removeMembers(first(members)));
    await harness.former.change(id, { remove: [first(others)] });
    expect(Number(await harness.version())).toBe(version + 3);
    expect(await harness.memberCount()).toBe(3);
    expect(memberIdsOf(await harness.read(id))).toEqual([...members.slice(1), first(others, 1)].sort());
  });

  it('sets attributes of a group that has become spread since it read the group', async () => {
    const before = await harness.former.read(id);
    await harness.spreadWith(first(others));
    // Its condition does not see the heads. Their change stays.
    expect(await harness.former.replace(before, 'e-1', { add: [first(others, 1)] }, 'Marketing')).toBe(true);
    const after = await harness.read(id);
    expect(after).toMatchObject({ displayName: 'Marketing', externalId: 'e-1' });
    expect(memberIdsOf(after)).toEqual([...members, ...others.slice(0, 2)].sort());
    expect([await harness.memberCount(), await harness.isSpread()]).toEqual([5, true]);
    await harness.groups().replace(id, { displayName: 'Sales', members: refs(others) });
    expect(memberIdsOf(await harness.read(id))).toEqual([...others].sort());
  });

  it('changes members while all of them are replaced in several transactions', async () => {
    await given(120);
    const wanted = [...members.slice(0, 20), ...others.slice(0, 3)];
    // After the transaction that takes the token.
    harness.beforeTransaction(() => Promise.resolve());
    harness.beforeTransaction(() =>
      harness.former.change(id, { add: [first(others, 3)], remove: [first(members)] }),
    );
    await harness.slowGroups().replace(id, { displayName: 'Sales', members: refs(wanted) });
    // Both are later than the replacement.
    expect(memberIdsOf(await harness.read(id))).toEqual([...wanted.slice(1), first(others, 3)].sort());
  });

  it('deletes a spread group, whose heads the sweep deletes', async () => {
    await harness.spreadWith(first(others));
    expect(await harness.former.delete(await harness.former.read(id))).toBe(true);
    await expect(harness.read(id)).rejects.toMatchObject({ status: 404 });
    await harness.sweep();
    expect([await harness.heads(), await harness.storedMembers(id)]).toEqual([[], []]);
  });

  it('loses no change, and neither do functions of this version, with many at the same time', async () => {
    const [before, joining, formerlyJoining] = [
      members,
      await harness.newUsers(12),
      await harness.newUsers(4),
    ];
    await Promise.all([
      ...joining.map((userId) => harness.groups().patch(id, addMembers(userId))),
      ...formerlyJoining.map((userId) => harness.former.change(id, { add: [userId] })),
      ...before.slice(0, 2).map((userId) => harness.groups().patch(id, removeMembers(userId))),
      harness.former.change(id, { remove: [first(before, 2)] }),
      harness.groups().patch(id, renameGroup('Marketing')),
    ]);
    expect(await harness.read(id)).toMatchObject({ displayName: 'Marketing' });
    expect(memberIdsOf(await harness.read(id))).toEqual([...joining, ...formerlyJoining].sort());
    // One creation, one rename, and one change for each user.
    expect(await harness.version()).toBe(String(2 + 12 + 4 + 3));
  });
});
