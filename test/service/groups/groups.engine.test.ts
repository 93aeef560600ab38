import type { Json, Resource } from '../../../shared/scim/resource';
import type { Caller } from '../../../shared/service/resources/caller';
import { MAX_MEMBERS_AFTER_CHANGE } from '../../../shared/service/groups/group-views';
import { Groups } from '../../../shared/service/groups/groups';
import { Users } from '../../../shared/service/users/users';
import { MAX_MEMBERS_PER_TRANSACTION } from '../../../shared/store/groups/group-store';
import { MembershipStore } from '../../../shared/store/groups/membership';
import type { Table } from '../../../shared/store/table/table';
import { expectConsistent } from '../../support/consistency/consistency';
import { readDomain } from '../../support/consistency/domain-data';
import { seedUsers } from '../../support/seed/seed-users';
import { startEngineProxy, type EngineProxy } from '../../support/store/engine-proxy';
import { createTableLikeSystem } from '../../support/store/create-table';
import { RETENTION_DAYS } from '../../support/store/records';
import { createCaller } from '../../support/requests/caller';
import { countingTable } from '../../support/store/counting-table';

const MANY = MAX_MEMBERS_PER_TRANSACTION * 2 + 5;

let table: Table;
let front: EngineProxy;
let caller: Caller;

beforeAll(async () => {
  table = await createTableLikeSystem();
  front = await startEngineProxy(table.name);
});
afterAll(() => front.close());
beforeEach(() => {
  caller = createCaller();
});
afterEach(() => expectConsistent(caller.domainId, table));

/** A service serves one request. */
const groups = (more: Partial<Caller> = {}) => new Groups(table, RETENTION_DAYS, { ...caller, ...more });

/** Ids of new users, in their order. */
const newUsers = (number: number): Promise<string[]> => seedUsers(caller.domainId, number, table);

/** A group with all its members. */
async function read(id: string): Promise<Resource> {
  const { resource, large } = await groups().get(id);
  const members: Json[] = [];
  for await (const page of large?.pages ?? []) members.push(...page);
  return { ...resource, members };
}

const refs = (ids: readonly string[]): Json => ids.map((value) => ({ value }));
const shown = (group: Resource | undefined): string[] =>
  ((group?.members ?? []) as { value: string }[]).map(({ value }) => value).sort();
const stored = async (groupId: string): Promise<string[]> =>
  (await new MembershipStore(table, caller.domainId).members(groupId)).map(({ userId }) => userId);
const patch = (...Operations: object[]): Json => ({ Operations }) as Json;
const eventsOf = async (groupId: string) =>
  (await readDomain(caller.domainId, table)).audit.filter(({ resourceId }) => resourceId === groupId);

describe('many members', () => {
  it('come with a POST', async () => {
    const userIds = await newUsers(MANY);
    const created = await groups().create({ displayName: 'Sales', members: refs(userIds) });
    expect(shown(created)).toEqual(userIds);
    const whole = await read(created.id);
    expect(shown(whole)).toEqual(userIds);
    expect(created.meta).toEqual(whole.meta);
    expect((await eventsOf(created.id)).map(({ action }) => action)).toEqual([
      'group.created',
      'group.updated',
      'group.updated',
    ]);
  });

  it('are exchanged by a PUT', async () => {
    const userIds = await newUsers(MANY);
    const { id } = await groups().create({ displayName: 'Sales', members: refs(userIds.slice(0, MANY - 3)) });
    const wanted = userIds.slice(MAX_MEMBERS_PER_TRANSACTION + 10);
    const replaced = await groups().replace(id, { displayName: 'Sales', members: refs(wanted) });
    expect(shown(replaced)).toEqual(wanted);
    expect(await stored(id)).toEqual(wanted);
    expect(replaced.meta).toEqual((await read(id)).meta);
  });

  it('come and go by one PATCH', async () => {
    const userIds = await newUsers(MANY);
    const half = userIds.slice(0, 60);
    const { id } = await groups().create({ displayName: 'Sales', members: refs(half) });
    const answer = await groups().patch(
      id,
      patch(
        { op: 'remove', path: 'members', value: refs(half.slice(0, 50)) },
        { op: 'add', path: 'members', value: refs(userIds.slice(60)) },
        { op: 'replace', path: 'displayName', value: 'Marketing' },
      ),
    );
    expect(answer).toBeUndefined();
    expect(await stored(id)).toEqual(userIds.slice(50));
    expect((await read(id)).displayName).toBe('Marketing');
  });
});

describe('a request that the time is over for', () => {
  /** A clock that has passed the deadline once it was asked `times` times. */
  const late = (times: number) => {
    let asked = 0;
    const now = () => new Date(++asked > times ? caller.deadline + 1 : caller.deadline - 1000);
    return new Groups(table, RETENTION_DAYS, caller, now);
  };

  it('is a 503, keeps what is done, and goes on when it is sent again', async () => {
    const userIds = await newUsers(MANY);
    const { id } = await groups().create({ displayName: 'Sales' });
    for (const [method, body] of [
      ['replace', { displayName: 'Sales', members: refs(userIds) }],
      ['patch', patch({ op: 'remove', path: 'members', value: refs(userIds) })],
    ] as const) {
      await expect(late(1)[method](id, body)).rejects.toMatchObject({
        status: 503,
        headers: { 'retry-after': '1' },
        detail: expect.stringContaining('the same request again') as string,
      });
      const halfway = (await stored(id)).length;
      expect(halfway).toBe(
        method === 'replace' ? MAX_MEMBERS_PER_TRANSACTION : MANY - MAX_MEMBERS_PER_TRANSACTION,
      );
      await groups()[method](id, body);
      expect(await stored(id)).toEqual(method === 'replace' ? userIds : []);
    }
  });

  it('tells after a POST that the group exists, since the same request would be a conflict', async () => {
    const userIds = await newUsers(MAX_MEMBERS_PER_TRANSACTION + 1);
    const body = { displayName: 'Sales', members: refs(userIds) };
    const failure = await late(1)
      .create(body)
      .catch((error: Error) => error);
    const [group] = (await readDomain(caller.domainId, table)).groups;
    expect(failure).toMatchObject({
      status: 503,
      detail: expect.stringContaining(group?.id ?? '?') as string,
    });
    await groups().patch(group?.id ?? '', patch({ op: 'add', path: 'members', value: refs(userIds) }));
    expect(await stored(group?.id ?? '')).toEqual(userIds);
  });
});

describe('a group that is read', () => {
  it('says how many members it has, and reads none of them before they are taken', async () => {
    const userIds = await newUsers(3);
    const { id } = await groups().create({ displayName: 'Sales', members: refs(userIds) });
    const counted = countingTable(table, /#GROUP#/);
    const { resource, large } = await new Groups(counted.table, RETENTION_DAYS, caller).get(id);
    expect(resource).not.toHaveProperty('members');
    expect(large).toMatchObject({ name: 'members', count: 3 });
    expect(counted.read()).toBe(0);
    const pages: (readonly Json[])[] = [];
    for await (const page of large?.pages ?? []) pages.push(page);
    expect(shown({ ...resource, members: pages.flat() })).toEqual(userIds);
    expect(counted.read()).toBe(3);
    for (const member of pages.flat()) {
      expect(JSON.stringify(member).length).toBeGreaterThanOrEqual(
        JSON.stringify(large?.smallestValue).length,
      );
    }
  });

  it('is refused where there is no time for its members, with the ways to go on', async () => {
    const { id } = await groups().create({ displayName: 'Sales', members: refs(await newUsers(2)) });
    const { large } = await groups({ deadline: 0 }).get(id);
    const pages = large?.pages[Symbol.asyncIterator]();
    await expect(pages?.next()).rejects.toMatchObject({
      status: 400,
      scimType: 'tooMany',
      detail:
        `The group ${id} has 2 members, too many to be read in time. Ask with excludedAttributes=members, and list ` +
        `the members page by page: GET /Users?filter=groups.value eq "${id}".`,
    });
  });
});

describe('members that name no user', () => {
  const strange = ['nobody', 'x'.repeat(1020), 'x'.repeat(5000)];

  it('are left out of the group and of the answer, and noted', async () => {
    const [userId = ''] = await newUsers(1);
    const created = await groups().create({ displayName: 'Sales', members: refs([userId, ...strange]) });
    expect(shown(created)).toEqual([userId]);
    const replaced = await groups().replace(created.id, {
      displayName: 'Sales',
      members: refs([...strange, userId]),
    });
    expect(shown(replaced)).toEqual([userId]);
    const patched = await groups().patch(
      created.id,
      patch({ op: 'add', path: 'members', value: refs([...strange, '\ud800']) }),
    );
    expect(shown(patched)).toEqual([userId]);
    const events = await eventsOf(created.id);
    expect(events).toHaveLength(3);
    for (const { leftOut, changes = [] } of events) {
      expect(leftOut?.slice(0, 3)).toEqual(strange.map((id) => id.slice(0, 100)));
      expect(JSON.stringify(changes)).not.toContain('nobody');
    }
  });

  it('that are removed fail nothing and write nothing', async () => {
    const { id } = await groups().create({ displayName: 'Sales' });
    await groups().patch(id, patch({ op: 'remove', path: 'members', value: refs([...strange, '\ud800']) }));
    expect(await eventsOf(id)).toHaveLength(1);
  });

  it('since the user was deleted on the way are left out', async () => {
    const [first = '', second = ''] = await newUsers(2);
    const { id } = await groups().create({ displayName: 'Sales' });
    front.injectFaults('TransactWriteItems', {
      kind: 'after',
      act: () => new Users(table, RETENTION_DAYS, caller).delete(first),
    });
    const patched = await new Groups(front.table, RETENTION_DAYS, caller).patch(
      id,
      patch({ op: 'add', path: 'members', value: refs([first, second]) }),
    );
    expect(shown(patched)).toEqual([second]);
  });
});

describe('a change', () => {
  it('that changes nothing writes nothing', async () => {
    const userIds = await newUsers(2);
    const members = userIds.map((value) => ({ value, display: 'Ada' }));
    const { id, meta } = await groups().create({ displayName: 'Sales', members });
    await groups().replace(id, { displayName: 'Sales', members });
    await groups().patch(id, patch({ op: 'add', path: 'members', value: refs(userIds) }));
    await groups().patch(id, patch({ op: 'replace', value: { id, displayName: 'Sales' } }));
    expect((await read(id)).meta).toEqual(meta);
    expect(await eventsOf(id)).toHaveLength(1);
  });

  it('of a member’s display is kept, and shown as it was answered', async () => {
    const [value = ''] = await newUsers(1);
    const { id } = await groups().create({ displayName: 'Sales', members: [{ value, display: 'Ada' }] });
    const replaced = await groups().replace(id, {
      displayName: 'Sales',
      members: [{ value, display: 'Countess' }],
    });
    expect(replaced.members).toMatchObject([{ value, display: 'Countess' }]);
    expect((await read(id)).members).toEqual(replaced.members);
  });

  it('of members by many at once loses none', async () => {
    const userIds = await newUsers(12);
    const { id } = await groups().create({ displayName: 'Sales', members: refs(userIds.slice(0, 6)) });
    await Promise.all([
      ...userIds
        .slice(0, 6)
        .map((userId) => groups().patch(id, patch({ op: 'remove', path: `members[value eq "${userId}"]` }))),
      ...userIds
        .slice(6)
        .map((userId) => groups().patch(id, patch({ op: 'add', path: 'members', value: refs([userId]) }))),
      groups().patch(id, patch({ op: 'replace', path: 'displayName', value: 'Marketing' })),
    ]);
    expect(await stored(id)).toEqual(userIds.slice(6));
    expect((await read(id)).displayName).toBe('Marketing');
  });

  it('of members with If-Match holds for the version that it names', async () => {
    const userIds = await newUsers(2);
    const { id } = await groups().create({ displayName: 'Sales' });
    const add = (userId: string, versions: string[]) =>
      groups().patch(id, patch({ op: 'add', path: 'members', value: refs([userId]) }), versions);
    await add(userIds[0] ?? '', ['1']);
    await expect(add(userIds[1] ?? '', ['1'])).rejects.toMatchObject({ status: 412 });
    expect(await stored(id)).toEqual(userIds.slice(0, 1));
  });

  it('is shown while the group has few members', async () => {
    const userIds = await newUsers(MAX_MEMBERS_AFTER_CHANGE + 1);
    const { id } = await groups().create({ displayName: 'Sales', members: refs(userIds.slice(1)) });
    const rename = patch({ op: 'replace', path: 'displayName', value: 'Marketing' });
    expect(shown(await groups().patch(id, rename))).toEqual(userIds.slice(1));
    await groups().patch(id, patch({ op: 'add', path: 'members', value: refs(userIds.slice(0, 1)) }));
    expect(await groups().patch(id, rename)).toBeUndefined();
    const blind = await groups({ shows: () => false }).patch(id, rename);
    expect(blind).toMatchObject({ displayName: 'Marketing' });
    expect(blind).not.toHaveProperty('members');
  });

  it('is 404 for a group that there is not, 409 for a name that is taken', async () => {
    await groups().create({ displayName: 'Sales' });
    const { id } = await groups().create({ displayName: 'Marketing' });
    await expect(groups().create({ displayName: 'SALES' })).rejects.toMatchObject({ status: 409 });
    await expect(groups().replace(id, { displayName: 'sales' })).rejects.toMatchObject({ status: 409 });
    await expect(groups().patch('nobody', patch({ op: 'remove', path: 'members' }))).rejects.toMatchObject({
      status: 404,
    });
    await expect(groups().delete('nobody')).rejects.toMatchObject({ status: 404 });
  });
});
