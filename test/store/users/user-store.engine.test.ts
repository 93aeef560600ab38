import { newId } from '../../../shared/id';
import { readCounts } from '../../../shared/store/domains/counts';
import { GroupStore } from '../../../shared/store/groups/group-store';
import { auditKey, licenseRecordKey, membershipKey, resourceKey } from '../../../shared/store/table/keys';
import type { MembershipEdit } from '../../../shared/store/groups/membership';
import type { ResourceRecord } from '../../../shared/store/resources/resource-record';
import type { Table } from '../../../shared/store/table/table';
import {
  MAX_GROUPS_PER_TRANSACTION,
  GroupsNotFound,
  UserStore,
  type UserChange,
} from '../../../shared/store/users/user-store';
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
import { PRODUCT_USER_SCHEMA } from '../../support/scim/product';
import { setSeats } from '../../support/store/set-seats';

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

async function createdUser(userName: string): Promise<ResourceRecord> {
  const user = userRecord(userName);
  await users.create(user, activatingChange(user));
  return user;
}

async function newGroup(): Promise<string> {
  const group = groupRecord(`group-${newId()}`);
  await groups.create(group, [], () => auditEvent('group.created', group.id));
  return group.id;
}

const update = (user: ResourceRecord, change: Partial<UserChange> = {}): UserChange => ({
  audit: auditEvent('user.updated', user.id),
  ...change,
});

const deletion = (user: ResourceRecord): UserChange => ({
  audit: auditEvent('user.deleted', user.id),
  license: { status: 'inactive', changeId: newId(), reason: 'deleted' },
});

const nextVersion = (user: ResourceRecord, attributes: object = {}): ResourceRecord => ({
  ...user,
  attributes: { ...user.attributes, ...attributes },
  version: user.version + 1,
});

describe('create', () => {
  it('writes user, name claim, license, counts, and audit event', async () => {
    const user = userRecord('Ada');
    const change = activatingChange(user);
    await users.create(user, change);
    expect(await users.get(user.id)).toEqual({ ...user, sources: ['key-1'] });
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

  it('keeps each connection that changes the user later, also as a member of a group', async () => {
    const by = (keyId: string) => ({
      ...auditEvent('user.updated', user.id),
      actor: { kind: 'scimKey', keyId } as const,
    });
    const user = await createdUser('ada');
    const sources = async () => (await users.get(user.id))?.sources;
    const group = await newGroup();
    const add = [{ kind: 'add', groupId: group, userId: user.id }] as const;
    const before = (await groups.get(group)) as ResourceRecord;
    await groups.replace(before, nextVersion(before), add, () => by('key-3'));
    expect(await sources()).toEqual(['key-1', 'key-3']);
    for (const keyId of ['key-2', 'key-1']) {
      const stored = (await users.get(user.id)) as ResourceRecord;
      await users.replace(stored, nextVersion(stored), update(stored, { audit: by(keyId) }));
    }
    expect(await sources()).toEqual(['key-1', 'key-2', 'key-3']);
    const stored = (await groups.get(group)) as ResourceRecord;
    expect(stored.sources).toEqual(['key-1', 'key-3']);
  });

  it('throws 409 uniqueness if the name is taken in another spelling, and writes nothing', async () => {
    await createdUser('ada');
    const before = await readDomain(domainId, table);
    const user = userRecord('ADA');
    await expect(users.create(user, activatingChange(user))).rejects.toMatchObject({
      status: 409,
      scimType: 'uniqueness',
    });
    expect(await readDomain(domainId, table)).toEqual(before);
  });

  it('stores the default user type for version 0.1.0, and reads it only if a client sent it', async () => {
    const stored = async ({ id }: ResourceRecord) =>
      (await readItem(table, resourceKey(domainId, 'USER', id)))?.data as Record<string, unknown>;
    const user = await createdUser('ada');
    expect((await stored(user))[PRODUCT_USER_SCHEMA]).toEqual({ nrUserType: 'Basic User' });
    expect((await users.get(user.id))?.attributes).toEqual(user.attributes);

    const explicit = nextVersion(user, { [PRODUCT_USER_SCHEMA]: { nrUserType: 'Basic User' } });
    const replaced = await users.replace(user, explicit, update(user));
    expect(replaced.attributes).toEqual(explicit.attributes);
    expect((await stored(user))[PRODUCT_USER_SCHEMA]).toMatchObject({ nrUserType: 'Basic User' });
    expect((await users.getMany([user.id]))[0]?.attributes).toEqual(explicit.attributes);
  });

  it('gives a name to one of many concurrent creations', async () => {
    const all = await Promise.allSettled(Array.from({ length: 10 }, () => createdUser('ada')));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await readCounts(table, domainId)).users).toBe(1);
  });
});

describe('replace', () => {
  it('claims the new name and releases the old one', async () => {
    const user = await createdUser('ada');
    await users.replace(user, nextVersion(user, { userName: 'countess' }), update(user));
    expect(await users.idOfName('ada')).toBeUndefined();
    expect(await users.idOfName('countess')).toBe(user.id);
    await createdUser('ada');
  });

  it('accepts another spelling of the same name', async () => {
    const user = await createdUser('ada');
    await users.replace(user, nextVersion(user, { userName: 'Ada' }), update(user));
    expect((await users.get(user.id))?.attributes.userName).toBe('Ada');
    expect(await users.idOfName('ADA')).toBe(user.id);
  });

  it('throws 409 uniqueness if the new name is taken, and writes nothing', async () => {
    await createdUser('bob');
    const user = await createdUser('ada');
    const before = await readDomain(domainId, table);
    await expect(
      users.replace(user, nextVersion(user, { userName: 'BOB' }), update(user)),
    ).rejects.toMatchObject({
      status: 409,
      scimType: 'uniqueness',
    });
    expect(await readDomain(domainId, table)).toEqual(before);
  });

  it('throws VersionConflict if the user has changed, whatever else fails', async () => {
    await createdUser('bob');
    const user = await createdUser('ada');
    await users.replace(user, nextVersion(user, { title: 'first' }), update(user));
    await expect(
      users.replace(user, nextVersion(user, { userName: 'bob' }), update(user)),
    ).rejects.toBeInstanceOf(VersionConflict);
    expect((await users.get(user.id))?.attributes.title).toBe('first');
  });

  it('throws VersionConflict if the user was deleted', async () => {
    const user = await createdUser('ada');
    await users.delete(user, deletion(user));
    await expect(users.replace(user, nextVersion(user), update(user))).rejects.toBeInstanceOf(
      VersionConflict,
    );
    expect(await users.get(user.id)).toBeUndefined();
  });

  it('removes attributes that the user no longer has', async () => {
    const user = userRecord('ada', { externalId: 'e-1', title: 'x' });
    await users.create(user, activatingChange(user));
    const { externalId: _, title: __, ...attributes } = user.attributes;
    await users.replace(user, { ...nextVersion(user), attributes }, update(user));
    expect((await users.get(user.id))?.attributes).toEqual(attributes);
    expect(await users.idsOfExternalId('e-1', 10)).toEqual([]);
  });
});

describe('delete', () => {
  it('keeps the license and releases the name', async () => {
    const user = await createdUser('ada');
    await users.delete(user, deletion(user));
    expect(await users.idOfName('ada')).toBeUndefined();
    expect(await readItem(table, licenseRecordKey(domainId, user.id))).toMatchObject({
      status: 'inactive',
      reason: 'deleted',
      email: 'jane.doe@example.com',
    });
    expect(await readCounts(table, domainId)).toMatchObject({ users: 0, activeLicenses: 0 });
  });

  it('throws VersionConflict the second time, and is counted once', async () => {
    const user = await createdUser('ada');
    await users.delete(user, deletion(user));
    await expect(users.delete(user, deletion(user))).rejects.toBeInstanceOf(VersionConflict);
    expect((await readCounts(table, domainId)).users).toBe(0);
  });
});

describe('memberships', () => {
  const joining = (user: ResourceRecord, groupIds: readonly string[]): MembershipEdit[] =>
    groupIds.map((groupId) => ({ kind: 'add', groupId, userId: user.id, display: 'Ada' }));

  it('are written on both sides and increment the version of the group', async () => {
    const groupId = await newGroup();
    const user = { ...userRecord('ada'), groupIds: [groupId] };
    await users.create(user, activatingChange(user, { memberships: joining(user, [groupId]) }));
    expect((await users.get(user.id))?.groupIds).toEqual([groupId]);
    expect(await readItem(table, membershipKey(domainId, groupId, user.id))).toMatchObject({
      display: 'Ada',
    });
    expect((await groups.get(groupId))?.version).toBe(2);
  });

  it('fit into one transaction with all other changes, up to MAX_GROUPS_PER_TRANSACTION', async () => {
    const groupIds: string[] = [];
    for (let at = 0; at < MAX_GROUPS_PER_TRANSACTION; at++) groupIds.push(await newGroup());
    await setSeats(table, domainId, { seats: 0, seatPolicy: 'wait' });
    const user = userRecord('ada');
    const queuedChangeId = newId();
    await users.create(
      user,
      activatingChange(user, { license: { status: 'pending', changeId: queuedChangeId } }),
    );
    const changed = { ...nextVersion(user, { userName: 'bob' }), groupIds };
    await users.replace(
      user,
      changed,
      activatingChange(user, {
        memberships: joining(user, groupIds),
        license: { status: 'inactive', changeId: newId(), reason: 'deactivated', queuedChangeId },
      }),
    );
    expect((await users.get(user.id))?.groupIds).toEqual([...groupIds].sort());
  });

  it('throw an error that names the missing groups, and write nothing', async () => {
    const groupId = await newGroup();
    const user = await createdUser('ada');
    const before = await readDomain(domainId, table);
    const memberships = joining(user, ['missing-1', groupId, 'missing-2']);
    const failure = await users
      .replace(user, nextVersion(user), update(user, { memberships }))
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(GroupsNotFound);
    expect((failure as GroupsNotFound).groupIds).toEqual(['missing-1', 'missing-2']);
    expect(await readDomain(domainId, table)).toEqual(before);
  });

  it('of a deleted group end without the group', async () => {
    const user = await createdUser('ada');
    const memberships: MembershipEdit[] = [
      { kind: 'remove', groupId: 'deleted', userId: user.id, isGroupDeleted: true },
    ];
    await users.replace(user, nextVersion(user), update(user, { memberships }));
    expect((await users.get(user.id))?.version).toBe(2);
    expect(await groups.get('deleted')).toBeUndefined();
  });
});
