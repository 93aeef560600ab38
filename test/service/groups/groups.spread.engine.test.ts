import type { Resource } from '../../../shared/scim/resource';
import { Groups } from '../../../shared/service/groups/groups';
import { Users } from '../../../shared/service/users/users';
import { auditWrite } from '../../../shared/store/audit/audit';
import { countsWrite } from '../../../shared/store/domains/counts-write';
import { GROUP_HEADS, spreadGroup } from '../../../shared/store/groups/group-heads';
import { GroupRecords } from '../../../shared/store/groups/group-records';
import { sweepGroup } from '../../../shared/store/sweep/group-sweep';
import { claimKey, groupHeadKey, groupHeadPartition, resourceKey } from '../../../shared/store/table/keys';
import type { Table } from '../../../shared/store/table/table';
import { expectConsistent } from '../../support/consistency/consistency';
import {
  addMembers,
  GroupsHarness,
  memberIdsOf,
  patch,
  refs,
  removeMembers,
  renameGroup,
} from '../../support/service/groups-harness';
import { createTableLikeSystem } from '../../support/store/create-table';
import { startEngineProxy, type EngineProxy } from '../../support/store/engine-proxy';
import { auditEvent, RETENTION_DAYS, USER_SETTINGS } from '../../support/store/records';

let table: Table;
let front: EngineProxy;
let harness: GroupsHarness;
let userIds: string[];
let group: Resource & { id: string };

beforeAll(async () => {
  table = await createTableLikeSystem();
  front = await startEngineProxy(table.name);
});
afterAll(() => front.close());
beforeEach(async () => {
  harness = new GroupsHarness(table);
  userIds = await harness.newUsers(4);
  group = await harness.groups().create({ displayName: 'Sales' });
  front.takeOperations();
});
afterEach(() => expectConsistent(harness.caller.domainId, table));

const slowGroups = (): Groups => new Groups(front.table, RETENTION_DAYS, harness.caller);
const users = (): Users => new Users(front.table, USER_SETTINGS, harness.caller);
const etagOf = (resource: Resource | undefined): string => (resource?.meta as { version: string }).version;
const versionOf = (resource: Resource | undefined): string => /"(.*)"/.exec(etagOf(resource))?.[1] ?? '';
const read = () => harness.read(group.id);
const spread = () => spreadGroup(table, harness.caller.domainId, group.id);
const headCount = async () => (await table.get(groupKey()))?.heads;
const groupKey = () => resourceKey(harness.caller.domainId, 'GROUP', group.id);
const heads = async () =>
  (await table.query({ pk: groupHeadPartition(harness.caller.domainId, group.id) })).items;

/** Runs `act` just before the next transaction of `slowGroups` or `users`. */
const beforeTransaction = (act: () => Promise<unknown>): void =>
  front.injectFaults('TransactWriteItems', { kind: 'after', act: async () => void (await act()) });

describe('a group whose members change', () => {
  it('stays one item as long as no request meets another one', async () => {
    await harness.groups().patch(group.id, addMembers(...userIds));
    await harness.groups().patch(group.id, removeMembers(userIds[0] ?? ''));
    expect(await headCount()).toBeUndefined();
    expect(await heads()).toEqual([]);
  });

  it('becomes spread when a change meets a transaction on the group', async () => {
    front.injectFaults('TransactWriteItems', { kind: 'conflict' });
    const changed = await slowGroups().patch(group.id, addMembers(userIds[0] ?? ''));
    expect(await headCount()).toBe(GROUP_HEADS);
    expect(await heads()).toHaveLength(GROUP_HEADS);
    expect(await read()).toEqual(changed);
    expect([versionOf(group), versionOf(changed)]).toEqual(['1', '2']);
    expect((await table.get(groupKey()))?.version).toBe(1);
  });

  it('becomes spread when another request has changed it since it was read', async () => {
    beforeTransaction(() => harness.groups().patch(group.id, addMembers(userIds[0] ?? '')));
    const changed = await slowGroups().patch(group.id, addMembers(userIds[1] ?? ''));
    expect(await headCount()).toBe(GROUP_HEADS);
    expect(memberIdsOf(changed)).toEqual(userIds.slice(0, 2));
    expect([versionOf(changed), await read()]).toEqual(['3', changed]);
  });

  it('takes the change of a request that read it before it became spread', async () => {
    beforeTransaction(async () => {
      await spread();
      await harness.groups().patch(group.id, addMembers(userIds[0] ?? ''));
    });
    const changed = await slowGroups().patch(group.id, addMembers(userIds[1] ?? ''));
    expect(memberIdsOf(changed)).toEqual(userIds.slice(0, 2));
    expect([versionOf(changed), await read()]).toEqual(['3', changed]);
  });

  it('becomes spread when a change of a user meets a transaction on it', async () => {
    const [first = '', second = ''] = userIds;
    await harness.groups().patch(group.id, addMembers(first, second));
    const leave = patch({ op: 'remove', path: `groups[value eq "${group.id}"]` });
    // A conflict of the user does not concern the group.
    const { domainId } = harness.caller;
    front.injectFaults('TransactWriteItems', {
      kind: 'conflict',
      of: resourceKey(domainId, 'USER', first).pk,
    });
    await users().patch(first, leave);
    expect(await headCount()).toBeUndefined();

    const version = versionOf(await read());
    front.injectFaults('TransactWriteItems', { kind: 'conflict', of: groupKey().pk });
    await users().patch(second, leave);
    expect(await headCount()).toBe(GROUP_HEADS);
    expect(Number(versionOf(await read()))).toBe(Number(version) + 1);
    expect((await read()).members).toEqual([]);
    // The process knows now that the group is spread.
    const item = await table.get(groupKey());
    await users().delete(userIds[2] ?? '');
    await users().patch(userIds[3] ?? '', patch({ op: 'add', path: 'groups', value: refs([group.id]) }));
    expect(await table.get(groupKey())).toEqual(item);
    expect(memberIdsOf(await read())).toEqual([userIds[3]]);
  });
});

describe('a spread group', () => {
  beforeEach(async () => {
    await spread();
    await harness.groups().patch(group.id, addMembers(...userIds.slice(0, 2)));
  });

  it('has the same ETag before and after it becomes spread, and a new one after each change', async () => {
    const seen = [versionOf(await read())];
    expect(seen).toEqual(['2']);
    for (const change of [
      addMembers(userIds[2] ?? ''),
      removeMembers(userIds[0] ?? ''),
      renameGroup('Marketing'),
    ]) {
      const changed = await harness.groups().patch(group.id, change);
      expect(await read()).toEqual(changed);
      seen.push(versionOf(changed));
    }
    expect(seen).toEqual(['2', '3', '4', '5']);
  });

  it('is listed with its ETag and its time', async () => {
    const changed = await harness.groups().patch(group.id, addMembers(userIds[2] ?? ''));
    const page = { startIndex: 1, count: 10 };
    const { resources } = await harness.groups().list(page);
    expect(resources).toMatchObject([{ id: group.id, meta: (changed as Resource).meta }]);
    const [record] = await new GroupRecords(table, harness.caller.domainId).getMany([group.id]);
    expect(record).toMatchObject({ memberCount: 3 });
  });

  it.each<[string, (groups: Groups, versions: string[]) => Promise<unknown>]>([
    [
      'a change of members',
      (groups, versions) => groups.patch(group.id, addMembers(userIds[2] ?? ''), versions),
    ],
    ['a rename', (groups, versions) => groups.patch(group.id, renameGroup('Marketing'), versions)],
    [
      'a replacement of members',
      (groups, versions) =>
        groups.replace(group.id, { displayName: 'Sales', members: refs(userIds.slice(1)) }, versions),
    ],
    ['a deletion', (groups, versions) => groups.delete(group.id, versions)],
  ])('accepts %s with If-Match only at its version', async (_, change) => {
    const before = await read();
    const [old, current] = ['1', versionOf(before)];
    await expect(change(harness.groups(), [old])).rejects.toMatchObject({ status: 412 });
    beforeTransaction(() => harness.groups().patch(group.id, addMembers(userIds[3] ?? '')));
    await expect(change(slowGroups(), [current])).rejects.toMatchObject({ status: 412 });
    await harness.groups().patch(group.id, removeMembers(userIds[3] ?? ''));
    expect(await read()).toMatchObject({ displayName: 'Sales', members: before.members });
    await change(slowGroups(), [versionOf(await read())]);
  });

  it('is deleted with its heads, and takes no member afterward', async () => {
    beforeTransaction(() => harness.groups().delete(group.id));
    await expect(slowGroups().patch(group.id, addMembers(userIds[3] ?? ''))).rejects.toMatchObject({
      status: 404,
    });
    expect(await heads()).toEqual([]);
    expect(await harness.storedMembers(group.id)).toEqual(userIds.slice(0, 2));
  });

  it('leaves no member if a previous version deleted it', async () => {
    const { domainId } = harness.caller;
    // It knows no heads.
    beforeTransaction(async () => {
      await table.transact([
        { delete: groupKey() },
        { delete: claimKey(domainId, 'GROUP', 'sales') },
        countsWrite(domainId, { groups: -1 }),
        auditWrite(domainId, auditEvent('group.deleted', group.id), RETENTION_DAYS),
      ]);
    });
    await slowGroups().patch(group.id, addMembers(userIds[3] ?? ''));
    const context = { now: () => new Date(), sleep: () => Promise.resolve(), isTimeUp: () => false };
    await sweepGroup(table, domainId, group.id, { ...context, onSwept: () => {} });
    expect(await heads()).toEqual([]);
    expect(await harness.storedMembers(group.id)).toEqual([]);
  });

  it('loses no change of many at the same time, and conflicts only on users', async () => {
    const joining = await harness.newUsers(30);
    const item = await table.get(groupKey());
    await Promise.all([
      ...joining.map((id) => harness.groups().patch(group.id, addMembers(id))),
      ...userIds.slice(0, 2).map((id) => harness.groups().patch(group.id, removeMembers(id))),
    ]);
    expect(await harness.storedMembers(group.id)).toEqual(joining);
    expect(versionOf(await read())).toBe(String(2 + 32));
    expect(await table.get(groupKey())).toEqual(item);
    const used = (await heads()).filter(({ version }) => Number(version) > 0);
    expect(used.length).toBeGreaterThan(4);
  });
});

describe('a request that read a group before it became spread', () => {
  it.each<[string, (groups: Groups) => Promise<unknown>]>([
    ['a rename', (groups) => groups.patch(group.id, renameGroup('Marketing'), ['1'])],
    ['a deletion', (groups) => groups.delete(group.id, ['1'])],
    ['a change of members', (groups) => groups.patch(group.id, addMembers(userIds[1] ?? ''), ['1'])],
  ])('with If-Match: %s succeeds if only that has happened, and fails after a change', async (_, change) => {
    beforeTransaction(async () => {
      await spread();
      await harness.groups().patch(group.id, addMembers(userIds[0] ?? ''));
      await harness.groups().patch(group.id, removeMembers(userIds[0] ?? ''));
    });
    await expect(change(slowGroups())).rejects.toMatchObject({ status: 412 });

    const other = await harness.groups().create({ displayName: 'Other' });
    group = other;
    beforeTransaction(spread);
    await change(slowGroups());
  });

  it('deletes the heads of the group as well', async () => {
    beforeTransaction(spread);
    await slowGroups().delete(group.id);
    expect(await heads()).toEqual([]);
  });
});

it('a head has a key of two digits, so that all are read in their order', () => {
  expect(groupHeadKey('d', 'g', 3)).toEqual({ pk: 'd#HEAD#g', sk: '03' });
});
