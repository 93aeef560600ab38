import type { Json } from '../../../shared/scim/resource';
import { MAX_MEMBERS_AFTER_CHANGE } from '../../../shared/service/groups/group-views';
import { Groups } from '../../../shared/service/groups/groups';
import type { Table } from '../../../shared/store/table/table';
import { expectConsistent } from '../../support/consistency/consistency';
import { GroupsHarness, memberIdsOf, patch, refs } from '../../support/service/groups-harness';
import { countingTable } from '../../support/store/counting-table';
import { createTableLikeSystem } from '../../support/store/create-table';
import { RETENTION_DAYS } from '../../support/store/records';

let table: Table;
let harness: GroupsHarness;

beforeAll(async () => {
  table = await createTableLikeSystem();
});
beforeEach(() => {
  harness = new GroupsHarness(table);
});
afterEach(() => expectConsistent(harness.caller.domainId, table));

describe('reading a group', () => {
  it('returns the number of members, and reads members only when they are taken', async () => {
    const userIds = await harness.newUsers(3);
    const { id } = await harness.groups().create({ displayName: 'Sales', members: refs(userIds) });
    const counted = countingTable(table, /#GROUP#/);
    const { resource, large } = await new Groups(counted.table, RETENTION_DAYS, harness.caller).get(id);
    expect(resource).not.toHaveProperty('members');
    expect(large).toMatchObject({ name: 'members', count: 3 });
    expect(counted.read()).toBe(0);
    const pages: (readonly Json[])[] = [];
    for await (const page of large?.pages ?? []) pages.push(page);
    expect(memberIdsOf({ ...resource, members: pages.flat() })).toEqual(userIds);
    expect(counted.read()).toBe(3);
    for (const member of pages.flat()) {
      expect(JSON.stringify(member).length).toBeGreaterThanOrEqual(
        JSON.stringify(large?.smallestValue).length,
      );
    }
  });

  it('is refused if the members cannot be read in time', async () => {
    const { id } = await harness
      .groups()
      .create({ displayName: 'Sales', members: refs(await harness.newUsers(2)) });
    const { large } = await harness.groups({ deadline: 0 }).get(id);
    const pages = large?.pages[Symbol.asyncIterator]();
    await expect(pages?.next()).rejects.toMatchObject({
      status: 400,
      scimType: 'tooMany',
      detail:
        `The group ${id} has 2 members, too many to read in time. Ask with excludedAttributes=members, and list ` +
        `the members page by page: GET /Users?filter=groups.value eq "${id}".`,
    });
  });
});

describe('a change of a group', () => {
  it('writes nothing if nothing changes', async () => {
    const userIds = await harness.newUsers(2);
    const members = userIds.map((value) => ({ value, display: 'Ada' }));
    const { id, meta } = await harness.groups().create({ displayName: 'Sales', members });
    await harness.groups().replace(id, { displayName: 'Sales', members });
    await harness.groups().patch(id, patch({ op: 'add', path: 'members', value: refs(userIds) }));
    await harness.groups().patch(id, patch({ op: 'replace', value: { id, displayName: 'Sales' } }));
    expect((await harness.read(id)).meta).toEqual(meta);
    expect(await harness.eventsOf(id)).toHaveLength(1);
  });

  it('stores the display of a member as it was sent', async () => {
    const [value = ''] = await harness.newUsers(1);
    const { id } = await harness
      .groups()
      .create({ displayName: 'Sales', members: [{ value, display: 'Ada' }] });
    const replaced = await harness.groups().replace(id, {
      displayName: 'Sales',
      members: [{ value, display: 'Countess' }],
    });
    expect(replaced.members).toMatchObject([{ value, display: 'Countess' }]);
    expect((await harness.read(id)).members).toEqual(replaced.members);
  });

  it('returns the display that a member keeps if a PUT sends none', async () => {
    const [kept = '', added = ''] = await harness.newUsers(2);
    const { id } = await harness
      .groups()
      .create({ displayName: 'Sales', members: [{ value: kept, display: 'Ada' }] });
    const replaced = await harness
      .groups()
      .replace(id, { displayName: 'Sales', members: refs([kept, added]) });
    expect(replaced.members).toMatchObject([{ value: kept, display: 'Ada' }, { value: added }]);
    expect((await harness.read(id)).members).toEqual(replaced.members);
  });

  it('loses none of many concurrent member changes', async () => {
    const userIds = await harness.newUsers(12);
    const { id } = await harness
      .groups()
      .create({ displayName: 'Sales', members: refs(userIds.slice(0, 6)) });
    await Promise.all([
      ...userIds
        .slice(0, 6)
        .map((userId) =>
          harness.groups().patch(id, patch({ op: 'remove', path: `members[value eq "${userId}"]` })),
        ),
      ...userIds
        .slice(6)
        .map((userId) =>
          harness.groups().patch(id, patch({ op: 'add', path: 'members', value: refs([userId]) })),
        ),
      harness.groups().patch(id, patch({ op: 'replace', path: 'displayName', value: 'Marketing' })),
    ]);
    expect(await harness.storedMembers(id)).toEqual(userIds.slice(6));
    expect((await harness.read(id)).displayName).toBe('Marketing');
  });

  it('of members with If-Match succeeds only for the named version', async () => {
    const userIds = await harness.newUsers(2);
    const { id } = await harness.groups().create({ displayName: 'Sales' });
    const add = (userId: string, versions: string[]) =>
      harness.groups().patch(id, patch({ op: 'add', path: 'members', value: refs([userId]) }), versions);
    await add(userIds[0] ?? '', ['1']);
    await expect(add(userIds[1] ?? '', ['1'])).rejects.toMatchObject({ status: 412 });
    expect(await harness.storedMembers(id)).toEqual(userIds.slice(0, 1));
  });

  it('returns the group while it has few members', async () => {
    const userIds = await harness.newUsers(MAX_MEMBERS_AFTER_CHANGE + 1);
    const { id } = await harness.groups().create({ displayName: 'Sales', members: refs(userIds.slice(1)) });
    const rename = patch({ op: 'replace', path: 'displayName', value: 'Marketing' });
    expect(memberIdsOf(await harness.groups().patch(id, rename))).toEqual(userIds.slice(1));
    await harness.groups().patch(id, patch({ op: 'add', path: 'members', value: refs(userIds.slice(0, 1)) }));
    expect(await harness.groups().patch(id, rename)).toBeUndefined();
    const requested = await harness.groups({ requires: (name) => name === 'members' }).patch(id, rename);
    expect(memberIdsOf(requested)).toHaveLength(userIds.length);
    const withoutMembers = await harness.groups({ shows: () => false }).patch(id, rename);
    expect(withoutMembers).toMatchObject({ displayName: 'Marketing' });
    expect(withoutMembers).not.toHaveProperty('members');
  });

  it('is 404 for an unknown group, and 409 for a taken name', async () => {
    await harness.groups().create({ displayName: 'Sales' });
    const { id } = await harness.groups().create({ displayName: 'Marketing' });
    await expect(harness.groups().create({ displayName: 'SALES' })).rejects.toMatchObject({ status: 409 });
    await expect(harness.groups().replace(id, { displayName: 'sales' })).rejects.toMatchObject({
      status: 409,
    });
    await expect(
      harness.groups().patch('nobody', patch({ op: 'remove', path: 'members' })),
    ).rejects.toMatchObject({
      status: 404,
    });
    await expect(harness.groups().delete('nobody')).rejects.toMatchObject({ status: 404 });
  });
});
