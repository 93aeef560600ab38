import { GROUP_HEADS } from '../../../shared/store/groups/group-heads';
import { resourceKey } from '../../../shared/store/table/keys';
import type { Table } from '../../../shared/store/table/table';
import { expectConsistent } from '../../support/consistency/consistency';
import { FormerGroup, versionOf } from '../../support/service/former-group';
import { addMembers, memberIdsOf, patch, refs, renameGroup } from '../../support/service/groups-harness';
import { createTableLikeSystem } from '../../support/store/create-table';
import { startEngineProxy, type EngineProxy } from '../../support/store/engine-proxy';

// Groups that the version before the heads has written: one item with the whole version, which each change
// wrote.

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

describe.each([
  ['no members', 0],
  ['few members', 3],
  ['more members than a transaction can have', 120],
])('a group with %s', (_, size) => {
  beforeEach(() => given(size));

  it('is read with its version, its members, and in lists', async () => {
    const group = await harness.read(id);
    const transactions = Math.max(1, Math.ceil(size / 47));
    expect([versionOf(group), memberIdsOf(group)]).toEqual([String(transactions), [...members].sort()]);
    const { resources } = await harness.groups().list({ startIndex: 1, count: 10 });
    expect(resources).toMatchObject([{ id, displayName: 'Sales', meta: group.meta }]);
    expect(await harness.memberCount()).toBe(size);
    if (size > 0)
      expect(await harness.groupsOf(first(members))).toMatchObject([{ value: id, display: 'Sales' }]);
  });

  it('is changed, and stays one item as long as no request meets another one', async () => {
    const version = Number(await harness.version());
    await harness.groups().patch(id, addMembers(first(others)));
    await harness.groups().patch(id, renameGroup('Marketing'), [String(version + 1)]);
    await harness.groups().replace(id, { displayName: 'Marketing', members: refs(others) });
    expect(await harness.isSpread()).toBe(false);
    expect([await harness.memberCount(), memberIdsOf(await harness.read(id))]).toEqual([
      others.length,
      [...others].sort(),
    ]);
    expect(Number(await harness.version())).toBeGreaterThan(version + 2);
  });

  it('becomes spread with the first conflict, without a new version or other content', async () => {
    const before = await harness.read(id);
    await harness.spreadWith(first(others));
    expect(await harness.heads()).toHaveLength(GROUP_HEADS);
    expect((await harness.item())?.version).toBe(Number(versionOf(before)));
    const after = await harness.read(id);
    expect(Number(versionOf(after))).toBe(Number(versionOf(before)) + 1);
    expect([await harness.memberCount(), memberIdsOf(after)]).toEqual([
      size + 1,
      [...members, first(others)].sort(),
    ]);

    // The version that a client has from the time before is outdated now.
    await expect(
      harness.groups().patch(id, renameGroup('Marketing'), [versionOf(before)]),
    ).rejects.toMatchObject({
      status: 412,
    });
    await harness.groups().patch(id, renameGroup('Marketing'), [versionOf(after)]);
  });

  it('is deleted with its heads, and the sweep removes its members', async () => {
    await harness.spreadWith(first(others));
    await harness.groups().delete(id, [await harness.version()]);
    await harness.sweep();
    expect([await harness.heads(), await harness.storedMembers(id)]).toEqual([[], []]);
  });
});

describe('several groups', () => {
  let second: string;
  beforeEach(async () => {
    await given(2);
    second = await harness.former.create('Everyone', members);
  });

  it('cannot be members of each other, as in the previous version', async () => {
    const changed = await harness.groups().patch(id, addMembers(second, first(others)));
    expect(memberIdsOf(changed)).toEqual([...members, first(others)].sort());
    await harness.groups().replace(second, { displayName: 'Everyone', members: refs([id, first(members)]) });
    expect(await harness.storedMembers(second)).toEqual([first(members)]);
  });

  it('lose a user who leaves all of them, one spread and one not', async () => {
    await harness.spreadWith(first(others));
    await harness
      .users()
      .patch(
        first(members),
        patch(...[id, second].map((group) => ({ op: 'remove', path: `groups[value eq "${group}"]` }))),
      );
    await harness.users().delete(first(members, 1));
    expect(memberIdsOf(await harness.read(id))).toEqual([first(others)]);
    expect(memberIdsOf(await harness.read(second))).toEqual([]);
    expect(await harness.isSpread()).toBe(true);
  });

  it('become spread by a change of a user that meets a function of the previous version', async () => {
    const { domainId } = harness.caller;
    front.injectFaults('TransactWriteItems', { kind: 'conflict', of: resourceKey(domainId, 'GROUP', id).pk });
    await harness
      .users(front.table)
      .patch(first(others), patch({ op: 'add', path: 'groups', value: refs([id, second]) }));
    expect(await harness.groupsOf(first(others))).toHaveLength(2);
    const spreadOnes = await Promise.all(
      [id, second].map(async (group) => (await table.get(resourceKey(domainId, 'GROUP', group)))?.heads),
    );
    expect(spreadOnes.filter((count) => count !== undefined)).toHaveLength(1);
    await harness.former.change(id, { remove: [first(others)] });
    await harness.former.change(second, { remove: [first(others)] });
    expect(await harness.groupsOf(first(others))).toEqual([]);
  });
});
