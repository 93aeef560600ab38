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
  // Of its own, whose stream nobody reads: what is swept here is swept by the tests alone.
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
  const group = groupRecord(`group-${newDomainId()}`);
  await groups.create(group, [], () => auditEvent('group.created', group.id));
  for (let first = 0; first < userIds.length; first += MAX_MEMBERS_PER_TRANSACTION) {
    const edits = userIds
      .slice(first, first + MAX_MEMBERS_PER_TRANSACTION)
      .map((userId) => ({ kind: 'add', groupId: group.id, userId }) as const);
    await groups.changeMembers(group.id, AT, edits, () => auditEvent('group.updated', group.id));
  }
  return (await groups.get(group.id)) as ResourceRecord;
}

async function deletedGroup(userIds: readonly string[]): Promise<string> {
  const group = await newGroup(userIds);
  await groups.delete(group, auditEvent('group.deleted', group.id));
  return group.id;
}

/** Sweeps without a pause; `swept` are the memberships of each transaction, `pauses` what it would have slept. */
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
  it('takes away the memberships and the id on the users, and nothing else of them', async () => {
    const [ada = '', ben = ''] = await newUsers(2);
    const other = await newGroup([ada]);
    const gone = await deletedGroup([ada, ben]);
    const before = (await users.get(ada)) as ResourceRecord;

    expect(await sweep(gone)).toMatchObject({ outcome: 'swept', swept: [2] });

    expect(await remainingItems(gone)).toBe(0);
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

  it('leaves a group that exists as it is', async () => {
    const userIds = await newUsers(2);
    const group = await newGroup(userIds);
    const before = await users.get(userIds[0] ?? '');
    expect(await sweep(group.id)).toEqual({ outcome: 'exists', swept: [], pauses: [] });
    expect(await groups.get(group.id)).toEqual(group);
    expect(await remainingItems(group.id)).toBe(2);
    expect(await users.get(userIds[0] ?? '')).toEqual(before);
  });

  it('takes as many at once as a transaction holds, and makes a pause before the next', async () => {
    const gone = await deletedGroup(await newUsers(MEMBERSHIPS_PER_TRANSACTION + 1));
    expect(await sweep(gone)).toEqual({
      outcome: 'swept',
      swept: [MEMBERSHIPS_PER_TRANSACTION, 1],
      pauses: [0, GROUP_SWEEP_INTERVAL_MS],
    });
  });

  it('stops where the time is up, and goes on from there', async () => {
    const userIds = await newUsers(MEMBERSHIPS_PER_TRANSACTION + 1);
    const gone = await deletedGroup(userIds);
    let asked = 0;
    expect(await sweep(gone, { isTimeUp: () => ++asked > 1 })).toMatchObject({ outcome: 'unfinished' });
    expect(await remainingItems(gone)).toBe(1);
    expect(await sweep(gone)).toMatchObject({ outcome: 'swept', swept: [1] });
    for (const userId of userIds) {
      expect(await users.get(userId)).toMatchObject({ groupIds: [], version: 3 });
    }
  });

  it('does nothing where nothing is left, or never was', async () => {
    const gone = await deletedGroup(await newUsers(1));
    await sweep(gone);
    expect(await sweep(gone)).toMatchObject({ outcome: 'swept', swept: [] });
    expect(await sweep('never')).toMatchObject({ outcome: 'swept', swept: [] });
  });

  it('counts once however many sweep at once', async () => {
    const userIds = await newUsers(MEMBERSHIPS_PER_TRANSACTION + 10);
    const gone = await deletedGroup(userIds);
    const sweeps = await Promise.all([sweep(gone), sweep(gone), sweep(gone)]);
    expect(sweeps.map(({ outcome }) => outcome)).toEqual(['swept', 'swept', 'swept']);
    expect(sweeps.flatMap(({ swept }) => swept).reduce((sum, each) => sum + each, 0)).toBe(userIds.length);
    for (const userId of userIds) {
      expect(await users.get(userId)).toMatchObject({ groupIds: [], version: 3 });
    }
  });

  it('takes away the membership of a user who is gone, and brings nobody back', async () => {
    const [ada = '', ben = ''] = await newUsers(2);
    const gone = await deletedGroup([ada, ben]);
    await users.delete((await users.get(ada)) as ResourceRecord, { audit: auditEvent('user.deleted', ada) });
    expect(await sweep(gone)).toMatchObject({ outcome: 'swept', swept: [2] });
    expect(await remainingItems(gone)).toBe(0);
    expect(await users.get(ada)).toBeUndefined();
    expect((await users.get(ben))?.groupIds).toEqual([]);
  });

  it('and a user who leaves the group that is gone do not get into each other’s way', async () => {
    const [ada = '', ben = ''] = await newUsers(2);
    const gone = await deletedGroup([ada, ben]);
    const before = (await users.get(ada)) as ResourceRecord;
    const leave = () =>
      users.replace(
        before,
        { ...before, groupIds: [], version: before.version + 1 },
        {
          audit: auditEvent('user.updated', ada),
          memberships: [{ kind: 'remove', groupId: gone, userId: ada, isGroupDeleted: true }],
        },
      );
    // The first transaction comes too late: the page was read before.
    const { swept } = await sweep(gone, { sleep: leave });
    expect(swept).toEqual([1]);
    expect((await users.get(ada))?.version).toBe(before.version + 1);
    expect(await remainingItems(gone)).toBe(0);
  });
});
