import { newId } from '../../../shared/id';
import { readCounts } from '../../../shared/store/domains/counts';
import { GroupStore } from '../../../shared/store/groups/group-store';
import { auditKey, licenseRecordKey, membershipKey } from '../../../shared/store/table/keys';
import type { MembershipEdit } from '../../../shared/store/groups/membership';
import type { ResourceRecord } from '../../../shared/store/resources/resource-record';
import { seatSettingsWrite } from '../../../shared/store/licenses/seat-settings';
import type { Table } from '../../../shared/store/table/table';
import {
  MAX_GROUPS_PER_TRANSACTION,
  GroupsNotFound,
  UserStore,
  type UserChange,
} from '../../../shared/store/users/user-store';
import { VersionConflict } from '../../../shared/store/table/transaction';
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

beforeAll(async () => {
  table = await createTableLikeSystem();
});
beforeEach(() => {
  domainId = newDomainId();
  users = new UserStore(table, domainId, RETENTION_DAYS);
  groups = new GroupStore(table, domainId, RETENTION_DAYS);
});

async function created(userName: string): Promise<ResourceRecord> {
  const user = userRecord(userName);
  await users.create(user, activatingChange(user));
  return user;
}

async function newGroup(): Promise<string> {
  const group = groupRecord(`group-${newId()}`);
  await groups.create(group, [], () => auditEvent('group.created', group.id));
  return group.id;
}

const updated = (user: ResourceRecord, change: Partial<UserChange> = {}): UserChange => ({
  audit: auditEvent('user.updated', user.id),
  ...change,
});

const ended = (user: ResourceRecord): UserChange => ({
  audit: auditEvent('user.deleted', user.id),
  license: { status: 'inactive', changeId: newId(), reason: 'deleted' },
});

const next = (user: ResourceRecord, attributes: object = {}): ResourceRecord => ({
  ...user,
  attributes: { ...user.attributes, ...attributes },
  version: user.version + 1,
});

describe('create', () => {
  it('writes user, name, license, counts and audit event', async () => {
    const user = userRecord('Ada');
    const change = activatingChange(user);
    await users.create(user, change);
    expect(await users.get(user.id)).toEqual(user);
    expect(await users.idOfName('ada')).toBe(user.id);
    expect(await readItem(table, licenseRecordKey(domainId, user.id))).toMatchObject({
      ...change.holder,
      ...change.license,
      changedAt: AT,
    });
    expect(await readCounts(table, domainId)).toMatchObject({ users: 1, groups: 0, activeLicenses: 1 });
    const audit = await readItem(table, auditKey(domainId, change.audit.id));
    expect(audit).toMatchObject({ action: 'user.created', resourceId: user.id });
    expect(audit?.ttl).toBe(Date.parse(AT) / 1000 + RETENTION_DAYS * 86_400);
  });

  it('is 409 uniqueness where the name is taken in another spelling, and writes nothing', async () => {
    await created('ada');
    const before = await readDomain(domainId, table);
    const user = userRecord('ADA');
    await expect(users.create(user, activatingChange(user))).rejects.toMatchObject({
      status: 409,
      scimType: 'uniqueness',
    });
    expect(await readDomain(domainId, table)).toEqual(before);
  });

  it('lets one of many at once have the name', async () => {
    const all = await Promise.allSettled(Array.from({ length: 10 }, () => created('ada')));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await readCounts(table, domainId)).users).toBe(1);
  });
});

describe('replace', () => {
  it('moves the name, and frees the old one', async () => {
    const user = await created('ada');
    await users.replace(user, next(user, { userName: 'countess' }), updated(user));
    expect(await users.idOfName('ada')).toBeUndefined();
    expect(await users.idOfName('countess')).toBe(user.id);
    await created('ada');
  });

  it('takes another spelling of the same name', async () => {
    const user = await created('ada');
    await users.replace(user, next(user, { userName: 'Ada' }), updated(user));
    expect((await users.get(user.id))?.attributes.userName).toBe('Ada');
    expect(await users.idOfName('ADA')).toBe(user.id);
  });

  it('is 409 uniqueness where the new name is taken, and writes nothing', async () => {
    await created('bob');
    const user = await created('ada');
    const before = await readDomain(domainId, table);
    await expect(users.replace(user, next(user, { userName: 'BOB' }), updated(user))).rejects.toMatchObject({
      status: 409,
      scimType: 'uniqueness',
    });
    expect(await readDomain(domainId, table)).toEqual(before);
  });

  it('is a VersionConflict where somebody else was first, whatever else fails', async () => {
    await created('bob');
    const user = await created('ada');
    await users.replace(user, next(user, { title: 'first' }), updated(user));
    await expect(users.replace(user, next(user, { userName: 'bob' }), updated(user))).rejects.toBeInstanceOf(
      VersionConflict,
    );
    expect((await users.get(user.id))?.attributes.title).toBe('first');
  });

  it('is a VersionConflict where the user is gone', async () => {
    const user = await created('ada');
    await users.delete(user, ended(user));
    await expect(users.replace(user, next(user), updated(user))).rejects.toBeInstanceOf(VersionConflict);
    expect(await users.get(user.id)).toBeUndefined();
  });

  it('takes away what the user no longer has', async () => {
    const user = userRecord('ada', { externalId: 'e-1', title: 'x' });
    await users.create(user, activatingChange(user));
    const { externalId: _, title: __, ...attributes } = user.attributes;
    await users.replace(user, { ...next(user), attributes }, updated(user));
    expect((await users.get(user.id))?.attributes).toEqual(attributes);
    expect(await users.idsOfExternalId('e-1', 10)).toEqual([]);
  });
});

describe('delete', () => {
  it('leaves the license, and frees the name', async () => {
    const user = await created('ada');
    await users.delete(user, ended(user));
    expect(await users.idOfName('ada')).toBeUndefined();
    expect(await readItem(table, licenseRecordKey(domainId, user.id))).toMatchObject({
      status: 'inactive',
      reason: 'deleted',
      email: 'jane.doe@example.com',
    });
    expect(await readCounts(table, domainId)).toMatchObject({ users: 0, activeLicenses: 0 });
  });

  it('is a VersionConflict the second time, and counts once', async () => {
    const user = await created('ada');
    await users.delete(user, ended(user));
    await expect(users.delete(user, ended(user))).rejects.toBeInstanceOf(VersionConflict);
    expect((await readCounts(table, domainId)).users).toBe(0);
  });
});

describe('memberships', () => {
  const entering = (user: ResourceRecord, groupIds: readonly string[]): MembershipEdit[] =>
    groupIds.map((groupId) => ({ kind: 'add', groupId, userId: user.id, display: 'Ada' }));

  it('are on both sides, and are a change of the group', async () => {
    const groupId = await newGroup();
    const user = { ...userRecord('ada'), groupIds: [groupId] };
    await users.create(user, activatingChange(user, { memberships: entering(user, [groupId]) }));
    expect((await users.get(user.id))?.groupIds).toEqual([groupId]);
    expect(await readItem(table, membershipKey(domainId, groupId, user.id))).toMatchObject({
      display: 'Ada',
    });
    expect((await groups.get(groupId))?.version).toBe(2);
  });

  it('fit into one transaction as many as GROUPS_AT_ONCE says, beside all else that can change', async () => {
    const groupIds: string[] = [];
    for (let at = 0; at < MAX_GROUPS_PER_TRANSACTION; at++) groupIds.push(await newGroup());
    await table.transact([seatSettingsWrite(domainId, { seats: 0, seatPolicy: 'wait' }, AT)]);
    const user = userRecord('ada');
    const queuedChangeId = newId();
    await users.create(
      user,
      activatingChange(user, { license: { status: 'pending', changeId: queuedChangeId } }),
    );
    const changed = { ...next(user, { userName: 'bob' }), groupIds };
    await users.replace(
      user,
      changed,
      activatingChange(user, {
        memberships: entering(user, groupIds),
        license: { status: 'inactive', changeId: newId(), reason: 'deactivated', queuedChangeId },
      }),
    );
    expect((await users.get(user.id))?.groupIds).toEqual([...groupIds].sort());
  });

  it('name the groups that are gone, and write nothing', async () => {
    const groupId = await newGroup();
    const user = await created('ada');
    const before = await readDomain(domainId, table);
    const memberships = entering(user, ['gone-1', groupId, 'gone-2']);
    const failure = await users
      .replace(user, next(user), updated(user, { memberships }))
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(GroupsNotFound);
    expect((failure as GroupsNotFound).groupIds).toEqual(['gone-1', 'gone-2']);
    expect(await readDomain(domainId, table)).toEqual(before);
  });

  it('of a group that is gone end without it', async () => {
    const user = await created('ada');
    const memberships: MembershipEdit[] = [
      { kind: 'remove', groupId: 'gone', userId: user.id, isGroupDeleted: true },
    ];
    await users.replace(user, next(user), updated(user, { memberships }));
    expect((await users.get(user.id))?.version).toBe(2);
    expect(await groups.get('gone')).toBeUndefined();
  });
});
