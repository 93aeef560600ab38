import { Groups } from '../../../shared/service/groups/groups';
import { Users } from '../../../shared/service/users/users';
import { MAX_MEMBERS_PER_TRANSACTION } from '../../../shared/store/groups/group-store';
import type { Table } from '../../../shared/store/table/table';
import { expectConsistent } from '../../support/consistency/consistency';
import { readDomain } from '../../support/consistency/domain-data';
import { GroupsHarness, memberIdsOf, patch, refs } from '../../support/service/groups-harness';
import { createTableLikeSystem } from '../../support/store/create-table';
import { startEngineProxy, type EngineProxy } from '../../support/store/engine-proxy';
import { RETENTION_DAYS, USER_SETTINGS } from '../../support/store/records';

const MANY = MAX_MEMBERS_PER_TRANSACTION * 2 + 5;

let table: Table;
let front: EngineProxy;
let harness: GroupsHarness;

beforeAll(async () => {
  table = await createTableLikeSystem();
  front = await startEngineProxy(table.name);
});
afterAll(() => front.close());
beforeEach(() => {
  harness = new GroupsHarness(table);
});
afterEach(() => expectConsistent(harness.caller.domainId, table));

describe('many members', () => {
  it('are added by a POST', async () => {
    const userIds = await harness.newUsers(MANY);
    const created = await harness.groups().create({ displayName: 'Sales', members: refs(userIds) });
    expect(memberIdsOf(created)).toEqual(userIds);
    const stored = await harness.read(created.id);
    expect(memberIdsOf(stored)).toEqual(userIds);
    expect(created.meta).toEqual(stored.meta);
    expect((await harness.eventsOf(created.id)).map(({ action }) => action)).toEqual([
      'group.created',
      'group.updated',
      'group.updated',
    ]);
  });

  it('are replaced by a PUT', async () => {
    const userIds = await harness.newUsers(MANY);
    const { id } = await harness
      .groups()
      .create({ displayName: 'Sales', members: refs(userIds.slice(0, MANY - 3)) });
    const remaining = userIds.slice(MAX_MEMBERS_PER_TRANSACTION + 10);
    const replaced = await harness.groups().replace(id, { displayName: 'Sales', members: refs(remaining) });
    expect(memberIdsOf(replaced)).toEqual(remaining);
    expect(await harness.storedMembers(id)).toEqual(remaining);
    expect(replaced.meta).toEqual((await harness.read(id)).meta);
  });

  it('are added and removed by one PATCH', async () => {
    const userIds = await harness.newUsers(MANY);
    const half = userIds.slice(0, 60);
    const { id } = await harness.groups().create({ displayName: 'Sales', members: refs(half) });
    const response = await harness
      .groups()
      .patch(
        id,
        patch(
          { op: 'remove', path: 'members', value: refs(half.slice(0, 50)) },
          { op: 'add', path: 'members', value: refs(userIds.slice(60)) },
          { op: 'replace', path: 'displayName', value: 'Marketing' },
        ),
      );
    expect(response).toBeUndefined();
    expect(await harness.storedMembers(id)).toEqual(userIds.slice(50));
    expect((await harness.read(id)).displayName).toBe('Marketing');
  });
});

describe('a request that times out', () => {
  /** Creates a service whose clock passes the deadline after `times` calls. */
  const late = (times: number) => {
    let calls = 0;
    const now = () =>
      new Date(++calls > times ? harness.caller.deadline + 1 : harness.caller.deadline - 1000);
    return new Groups(table, RETENTION_DAYS, harness.caller, now);
  };

  it('is a 503, keeps completed changes, and continues when it is sent again', async () => {
    const userIds = await harness.newUsers(MANY);
    const { id } = await harness.groups().create({ displayName: 'Sales' });
    for (const [method, body] of [
      ['replace', { displayName: 'Sales', members: refs(userIds) }],
      ['patch', patch({ op: 'remove', path: 'members', value: refs(userIds) })],
    ] as const) {
      await expect(late(1)[method](id, body)).rejects.toMatchObject({
        status: 503,
        headers: { 'retry-after': '1' },
        detail: expect.stringContaining('Send the same request again') as string,
      });
      const halfway = (await harness.storedMembers(id)).length;
      expect(halfway).toBe(
        method === 'replace' ? MAX_MEMBERS_PER_TRANSACTION : MANY - MAX_MEMBERS_PER_TRANSACTION,
      );
      await harness.groups()[method](id, body);
      expect(await harness.storedMembers(id)).toEqual(method === 'replace' ? userIds : []);
    }
  });

  it('names the new group after a POST, which PATCH can complete', async () => {
    const userIds = await harness.newUsers(MAX_MEMBERS_PER_TRANSACTION + 1);
    const body = { displayName: 'Sales', members: refs(userIds) };
    const failure = await late(1)
      .create(body)
      .catch((error: Error) => error);
    const [group] = (await readDomain(harness.caller.domainId, table)).groups;
    expect(failure).toMatchObject({
      status: 503,
      detail: expect.stringContaining(group?.id ?? '?') as string,
    });
    await harness
      .groups()
      .patch(group?.id ?? '', patch({ op: 'add', path: 'members', value: refs(userIds) }));
    expect(await harness.storedMembers(group?.id ?? '')).toEqual(userIds);
  });
});

describe('members that identify no user', () => {
  const unknown = ['nobody', 'x'.repeat(1020), 'x'.repeat(5000)];

  it('are skipped in the group and the response, and recorded in the audit event', async () => {
    const [userId = ''] = await harness.newUsers(1);
    const created = await harness
      .groups()
      .create({ displayName: 'Sales', members: refs([userId, ...unknown]) });
    expect(memberIdsOf(created)).toEqual([userId]);
    const replaced = await harness.groups().replace(created.id, {
      displayName: 'Sales',
      members: refs([...unknown, userId]),
    });
    expect(memberIdsOf(replaced)).toEqual([userId]);
    const patched = await harness
      .groups()
      .patch(created.id, patch({ op: 'add', path: 'members', value: refs([...unknown, '\ud800']) }));
    expect(memberIdsOf(patched)).toEqual([userId]);
    const events = await harness.eventsOf(created.id);
    expect(events).toHaveLength(3);
    for (const { leftOut, changes = [] } of events) {
      expect(leftOut?.slice(0, 3)).toEqual(unknown.map((id) => id.slice(0, 100)));
      expect(JSON.stringify(changes)).not.toContain('nobody');
    }
  });

  it('can be removed without an error or a write', async () => {
    const { id } = await harness.groups().create({ displayName: 'Sales' });
    await harness
      .groups()
      .patch(id, patch({ op: 'remove', path: 'members', value: refs([...unknown, '\ud800']) }));
    expect(await harness.eventsOf(id)).toHaveLength(1);
  });

  it('because their user was just deleted are skipped', async () => {
    const [first = '', second = ''] = await harness.newUsers(2);
    const { id } = await harness.groups().create({ displayName: 'Sales' });
    front.injectFaults('TransactWriteItems', {
      kind: 'after',
      act: () => new Users(table, USER_SETTINGS, harness.caller).delete(first),
    });
    const patched = await new Groups(front.table, RETENTION_DAYS, harness.caller).patch(
      id,
      patch({ op: 'add', path: 'members', value: refs([first, second]) }),
    );
    expect(memberIdsOf(patched)).toEqual([second]);
  });
});
