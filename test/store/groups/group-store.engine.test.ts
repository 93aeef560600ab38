import { newId } from '../../../shared/id';
import type { AuditEvent } from '../../../shared/store/audit/audit';
import { readCounts } from '../../../shared/store/domains/counts';
import {
  GroupStore,
  MAX_MEMBERS_PER_TRANSACTION,
  type GroupAudit,
} from '../../../shared/store/groups/group-store';
import { withTotals } from '../../../shared/store/groups/group-heads';
import { auditKey, isKeyText } from '../../../shared/store/table/keys';
import { MembershipStore, type MembershipEdit } from '../../../shared/store/groups/membership';
import type { ResourceRecord } from '../../../shared/store/resources/resource-record';
import type { Table } from '../../../shared/store/table/table';
import { UserStore } from '../../../shared/store/users/user-store';
import { VersionConflict } from '../../../shared/store/table/operations/transaction';
import { readDomain } from '../../support/consistency/domain-data';
import { createTableLikeSystem } from '../../support/store/create-table';
import {
  activatingChange,
  AT,
  auditEvent,
  groupRecord,
  readItem,
  newDomainId,
  RETENTION_DAYS,
  userRecord,
} from '../../support/store/records';

let table: Table;
let domainId: string;
let users: UserStore;
let groups: GroupStore;
let memberships: MembershipStore;

beforeAll(async () => {
  table = await createTableLikeSystem();
});
beforeEach(() => {
  domainId = newDomainId();
  users = new UserStore(table, domainId, RETENTION_DAYS);
  groups = new GroupStore(table, domainId, RETENTION_DAYS);
  memberships = new MembershipStore(table, domainId);
});

async function newUsers(number: number): Promise<string[]> {
  const records = Array.from({ length: number }, (_, at) => userRecord(`user-${at}`));
  for (const user of records) await users.create(user, activatingChange(user));
  return records.map(({ id }) => id);
}

const audit =
  (groupId: string): GroupAudit =>
  (_written, unknownMembers) => ({
    ...auditEvent('group.updated', groupId),
    leftOut: unknownMembers.filter(isKeyText),
  });

const edits = (kind: MembershipEdit['kind'], groupId: string, userIds: readonly string[]): MembershipEdit[] =>
  userIds.map((userId) => ({ kind, groupId, userId }));

async function newGroup(members: readonly string[] = [], name = `group-${newId()}`): Promise<ResourceRecord> {
  const group = groupRecord(name);
  await groups.create(group, edits('add', group.id, members), audit(group.id));
  return group;
}

const membersOf = async (groupId: string) =>
  (await memberships.members(groupId)).map(({ userId }) => userId).sort();

/** Reads a group with what its heads count. */
const totals = async (groupId: string) =>
  withTotals(await groups.withHeads((await groups.get(groupId)) as ResourceRecord));

describe('create', () => {
  it('writes group, name claim, counts, and both sides of its memberships', async () => {
    const userIds = await newUsers(2);
    const group = await newGroup(userIds);
    expect(await groups.get(group.id)).toEqual({ ...group, memberCount: 2, sources: ['key-1'] });
    expect(await membersOf(group.id)).toEqual(userIds);
    expect((await users.get(userIds[0] ?? ''))?.groupIds).toEqual([group.id]);
    expect((await readCounts(table, domainId)).groups).toBe(1);
  });

  it('accepts up to MAX_MEMBERS_PER_TRANSACTION members', async () => {
    const userIds = await newUsers(MAX_MEMBERS_PER_TRANSACTION);
    const group = await newGroup(userIds);
    expect(await membersOf(group.id)).toEqual(userIds);
  });

  it('throws 409 uniqueness if the name is taken, and writes no membership', async () => {
    await newGroup([], 'Sales');
    const userIds = await newUsers(1);
    const before = await readDomain(domainId, table);
    await expect(newGroup(userIds, 'SALES')).rejects.toMatchObject({ status: 409, scimType: 'uniqueness' });
    expect(await readDomain(domainId, table)).toEqual(before);
  });

  it('skips and records members that are not users, or that cannot be user ids', async () => {
    const [userId = ''] = await newUsers(1);
    const group = groupRecord('Sales');
    const unknownIds = ['nobody', '', 'x'.repeat(1020), 'x'.repeat(3000), '\ud800'];
    const events: AuditEvent[] = [];
    const skipped = await groups.create(
      group,
      edits('add', group.id, [...unknownIds, userId]),
      (written, ids) => {
        const event = audit(group.id)(written, ids);
        events.push(event);
        return event;
      },
    );
    expect(skipped).toEqual(unknownIds);
    expect(await membersOf(group.id)).toEqual([userId]);
    const written = await readItem(table, auditKey(domainId, events.at(-1)?.id ?? ''));
    expect((written?.leftOut as string[])[0]).toBe('nobody');
  });
});

describe('replace', () => {
  it('throws VersionConflict if the group has changed, and changes no member', async () => {
    const group = await newGroup();
    const [userId = ''] = await newUsers(1);
    await groups.changeMembers(group, AT, [], audit(group.id));
    await expect(
      groups.replace(
        group,
        { ...group, version: 2, attributes: { displayName: 'New' } },
        edits('add', group.id, [userId]),
        audit(group.id),
      ),
    ).rejects.toBeInstanceOf(VersionConflict);
    expect(await membersOf(group.id)).toEqual([]);
    expect((await users.get(userId))?.groupIds).toEqual([]);
  });
});

describe('changeMembers', () => {
  it('applies all of many concurrent changes', async () => {
    const userIds = await newUsers(12);
    const group = await newGroup(userIds.slice(0, 6));
    await Promise.all([
      ...userIds
        .slice(0, 3)
        .map((id) => groups.changeMembers(group, AT, edits('remove', group.id, [id]), audit(group.id))),
      ...userIds
        .slice(6)
        .map((id) => groups.changeMembers(group, AT, edits('add', group.id, [id]), audit(group.id))),
    ]);
    expect(await membersOf(group.id)).toEqual(userIds.slice(3));
    expect((await totals(group.id)).version).toBe(10);
  });

  it('counts a member once if many requests add or remove it at the same time', async () => {
    const [userId = ''] = await newUsers(1);
    const group = await newGroup();
    const five = Array.from({ length: 5 }, () => edits('add', group.id, [userId]));
    await Promise.all(five.map((add) => groups.changeMembers(group, AT, add, audit(group.id))));
    expect((await totals(group.id)).memberCount).toBe(1);
    const six = Array.from({ length: 6 }, () => edits('remove', group.id, [userId]));
    await Promise.all(six.map((remove) => groups.changeMembers(group, AT, remove, audit(group.id))));
    expect((await totals(group.id)).memberCount).toBe(0);
    expect((await users.get(userId))?.version).toBe(3);
  });

  it('changes the display of a member, and adds a member that was removed in the meantime', async () => {
    const [ada = '', ben = ''] = await newUsers(2);
    const group = await newGroup([ada]);
    const renamed = edits('rename', group.id, [ada, ben]).map((edit) => ({ ...edit, display: 'New' }));
    const events: AuditEvent[] = [];
    const recordAudit: GroupAudit = (written, unknownMembers) => {
      expect(written.map(({ userId }) => userId)).toEqual([ada, ben]);
      events.push(audit(group.id)(written, unknownMembers));
      return events.at(-1) as AuditEvent;
    };
    await groups.changeMembers((await groups.get(group.id)) as ResourceRecord, AT, renamed, recordAudit);
    expect(events).toHaveLength(2);
    expect(await memberships.members(group.id)).toEqual([
      { userId: ada, display: 'New' },
      { userId: ben, display: 'New' },
    ]);
    expect((await totals(group.id)).memberCount).toBe(2);
    expect((await users.get(ada))?.version).toBe(2);
    expect((await users.get(ben))?.groupIds).toEqual([group.id]);
  });

  it('throws 404 if the group does not exist', async () => {
    const [userId = ''] = await newUsers(1);
    await expect(
      groups.changeMembers(
        { ...groupRecord('missing'), id: 'missing' },
        AT,
        edits('add', 'missing', [userId]),
        audit('missing'),
      ),
    ).rejects.toMatchObject({ status: 404 });
    expect((await users.get(userId))?.groupIds).toEqual([]);
  });

  it('removes a member whose user was deleted', async () => {
    const [userId = ''] = await newUsers(1);
    const group = await newGroup([userId]);
    const user = (await users.get(userId)) as ResourceRecord;
    await users.delete(user, { audit: auditEvent('user.deleted', userId) });
    const change = groups.changeMembers(group, AT, edits('remove', group.id, [userId]), audit(group.id));
    expect(await change).toMatchObject({ unknownMembers: [] });
    expect(await membersOf(group.id)).toEqual([]);
    expect(await users.get(userId)).toBeUndefined();
  });
});

describe('delete', () => {
  it('releases the name and leaves the memberships', async () => {
    const [userId = ''] = await newUsers(1);
    const group = await newGroup([userId], 'Sales');
    await groups.delete(group, auditEvent('group.deleted', group.id));
    expect(await groups.idOfName('sales')).toBeUndefined();
    expect((await readCounts(table, domainId)).groups).toBe(0);
    await newGroup([], 'Sales');
  });

  it('throws VersionConflict if the group has changed', async () => {
    const group = await newGroup();
    await groups.changeMembers(group, AT, [], audit(group.id));
    await expect(groups.delete(group, auditEvent('group.deleted', group.id))).rejects.toBeInstanceOf(
      VersionConflict,
    );
  });
});

describe('MembershipStore', () => {
  it('reads at most the requested number of members, by id', async () => {
    const userIds = await newUsers(5);
    const group = await newGroup(userIds);
    expect((await memberships.members(group.id, 2)).map(({ userId }) => userId)).toEqual(userIds.slice(0, 2));
  });

  it('returns the ids that are members, and skips ids that do not fit into a key', async () => {
    const userIds = await newUsers(2);
    const group = await newGroup(userIds.slice(0, 1));
    const ids = [...userIds, '', 'x'.repeat(1020), 'x'.repeat(5000)];
    expect(await memberships.membersAmong(group.id, ids)).toEqual([{ userId: userIds[0] }]);
  });
});
