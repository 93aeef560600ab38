import {
  GROUP_SWEEP_INTERVAL_MS,
  sweepGroup,
  MEMBERSHIPS_PER_TRANSACTION,
} from '../../../shared/store/sweep/group-sweep';
import { membershipPartition } from '../../../shared/store/table/keys';
import { GroupStore, MAX_MEMBERS_PER_TRANSACTION } from '../../../shared/store/groups/group-store';
import type { ResourceRecord } from '../../../shared/store/resources/resource-record';
import type { SweepContext } from '../../../shared/store/sweep/sweep-context';
import type { Table } from '../../../shared/store/table/table';
import { UserStore } from '../../../shared/store/users/user-store';
import { createTable } from '../../support/mail/mail-environment';
import {
  activatingChange,
  AT,
  auditEvent,
  groupRecord,
  queryItems,
  newDomainId,
  RETENTION_DAYS,
  userRecord,
} from '../../support/store/records';

const LATER = new Date('2026-03-02T12:00:00.000Z');

let table: Table;
let domainId: string;
let users: UserStore;
let groups: GroupStore;

beforeAll(async () => {
  // No function reads the stream of this table, so only the tests sweep.
  table = await createTable();
});
beforeEach(() => {
  domainId = newDomainId();
  users = new UserStore(table, domainId, RETENTION_DAYS);
  groups = new GroupStore(table, domainId, RETENTION_DAYS);
});

async function newUsers(number: number): Promise<string[]> {
  const records = Array.from({ length: number }, (_, at) => userRecord(`user-${at}`));
  for (const user of records) await users.create(user, activatingChange(user));
  return records.map(({ id }) => id);
}

async function newGroup(userIds: readonly string[]): Promise<ResourceRecord> {
  let group = groupRecord(`group-${newDomainId()}`);
  await groups.create(group, [], () => auditEvent('group.created', group.id));
  for (let first = 0; first < userIds.length; first += MAX_MEMBERS_PER_TRANSACTION) {
    const edits = userIds
      .slice(first, first + MAX_MEMBERS_PER_TRANSACTION)
      .map((userId) => ({ kind: 'add', groupId: group.id, userId }) as const);
    ({ group } = await groups.changeMembers(group, AT, edits, () => auditEvent('group.updated', group.id)));
  }
  return (await groups.get(group.id)) as ResourceRecord;
}

async function deletedGroup(userIds: readonly string[]): Promise<string> {
  const group = await newGroup(userIds);
  await groups.delete(group, auditEvent('group.deleted', group.id));
  return group.id;
}

/**
 * Sweeps without pauses. Returns the memberships of each transaction, and the pauses that it would have made.
 */
function sweep(groupId: string, given: Partial<SweepContext> = {}) {
  const swept: number[] = [];
  const pauses: number[] = [];
  const outcome = sweepGroup(table, domainId, groupId, {
    now: () => LATER,
    sleep: (ms) => Promise.resolve(void pauses.push(ms)),
    isTimeUp: () => false,
    onSwept: (memberships) => swept.push(memberships),
    ...given,
  });
  return outcome.then((result) => ({ outcome: result, swept, pauses }));
}

const remainingItems = async (groupId: string) =>
  (await queryItems(table, membershipPartition(domainId, groupId))).length;

describe('sweepGroup', () => {
  it('deletes the memberships and the group id of the users, and nothing else', async () => {
    const [ada = '', ben = ''] = await newUsers(2);
    const other = await newGroup([ada]);
    const deletedId = await deletedGroup([ada, ben]);
    const before = (await users.get(ada)) as ResourceRecord;

    expect(await sweep(deletedId)).toMatchObject({ outcome: 'swept', swept: [2] });

    expect(await remainingItems(deletedId)).toBe(0);
    expect(await users.get(ada)).toEqual({
      ...before,
      groupIds: [other.id],
      version: before.version + 1,
      lastModified: LATER.toISOString(),
    });
    expect((await users.get(ben))?.groupIds).toEqual([]);
    expect(await groups.get(other.id)).toEqual(other);
    expect(await remainingItems(other.id)).toBe(1);
  });

  it('does not change a group that exists', async () => {
    const userIds = await newUsers(2);
    const group = await newGroup(userIds);
    const before = await users.get(userIds[0] ?? '');
    expect(await sweep(group.id)).toEqual({ outcome: 'exists', swept: [], pauses: [] });
    expect(await groups.get(group.id)).toEqual(group);
    expect(await remainingItems(group.id)).toBe(2);
    expect(await users.get(userIds[0] ?? '')).toEqual(before);
  });

  it('fills each transaction, and pauses before the next', async () => {
    const deletedId = await deletedGroup(await newUsers(MEMBERSHIPS_PER_TRANSACTION + 1));
    expect(await sweep(deletedId)).toEqual({
      outcome: 'swept',
      swept: [MEMBERSHIPS_PER_TRANSACTION, 1],
      pauses: [0, GROUP_SWEEP_INTERVAL_MS],
    });
  });

  it('stops when the time is up, and continues from there', async () => {
    const userIds = await newUsers(MEMBERSHIPS_PER_TRANSACTION + 1);
    const deletedId = await deletedGroup(userIds);
    let checks = 0;
    expect(await sweep(deletedId, { isTimeUp: () => ++checks > 1 })).toMatchObject({ outcome: 'unfinished' });
    expect(await remainingItems(deletedId)).toBe(1);
    expect(await sweep(deletedId)).toMatchObject({ outcome: 'swept', swept: [1] });
    for (const userId of userIds) {
      expect(await users.get(userId)).toMatchObject({ groupIds: [], version: 3 });
    }
  });

  it('does nothing if no memberships are left, or if the group never existed', async () => {
    const deletedId = await deletedGroup(await newUsers(1));
    await sweep(deletedId);
    expect(await sweep(deletedId)).toMatchObject({ outcome: 'swept', swept: [] });
    expect(await sweep('never')).toMatchObject({ outcome: 'swept', swept: [] });
  });

  it('counts each membership once if several sweeps run at the same time', async () => {
    const userIds = await newUsers(MEMBERSHIPS_PER_TRANSACTION + 10);
    const deletedId = await deletedGroup(userIds);
    const sweeps = await Promise.all([sweep(deletedId), sweep(deletedId), sweep(deletedId)]);
    expect(sweeps.map(({ outcome }) => outcome)).toEqual(['swept', 'swept', 'swept']);
    expect(sweeps.flatMap(({ swept }) => swept).reduce((sum, each) => sum + each, 0)).toBe(userIds.length);
    for (const userId of userIds) {
      expect(await users.get(userId)).toMatchObject({ groupIds: [], version: 3 });
    }
  });

  it('deletes the membership of a deleted user, and does not create the user again', async () => {
    const [ada = '', ben = ''] = await newUsers(2);
    const deletedId = await deletedGroup([ada, ben]);
    await users.delete((await users.get(ada)) as ResourceRecord, { audit: auditEvent('user.deleted', ada) });
    expect(await sweep(deletedId)).toMatchObject({ outcome: 'swept', swept: [2] });
    expect(await remainingItems(deletedId)).toBe(0);
    expect(await users.get(ada)).toBeUndefined();
    expect((await users.get(ben))?.groupIds).toEqual([]);
  });

  it('skips a membership that the user left in the meantime', async () => {
    const [ada = '', ben = ''] = await newUsers(2);
    const deletedId = await deletedGroup([ada, ben]);
    const before = (await users.get(ada)) as ResourceRecord;
    const leave = async () => {
      await users.replace(
        before,
        { ...before, groupIds: [], version: before.version + 1 },
        {
          audit: auditEvent('user.updated', ada),
          memberships: [{ kind: 'remove', groupId: deletedId, userId: ada, isGroupDeleted: true }],
        },
      );
    };
    // The user leaves after the page was read, so the first transaction fails.
    const { swept } = await sweep(deletedId, { sleep: leave });
    expect(swept).toEqual([1]);
    expect((await users.get(ada))?.version).toBe(before.version + 1);
    expect(await remainingItems(deletedId)).toBe(0);
  });
});
