import { newId } from '../../../shared/id';
import { parseFilter } from '../../../shared/scim/filter/parse';
import { Lister } from '../../../shared/service/listing/lister';
import { userSource } from '../../../shared/service/users/user-source';
import { Groups } from '../../../shared/service/groups/groups';
import { toResourceItem, type ResourceRecord } from '../../../shared/store/resources/resource-record';
import { membershipKey } from '../../../shared/store/table/keys';
import type { Table } from '../../../shared/store/table/table';
import { createCaller } from '../../support/requests/caller';
import { putItems, seedUserItems } from '../../support/seed/seed-items';
import { idsOf, USER_ITEMS } from '../../support/service/listing-harness';
import { onlyVersion } from '../../support/service/secret-versions';
import { countingTable } from '../../support/store/counting-table';
import { createTableLikeSystem } from '../../support/store/create-table';
import { startEngineProxy, type EngineProxy } from '../../support/store/engine-proxy';
import { groupRecord, RETENTION_DAYS, userRecord } from '../../support/store/records';

let table: Table;
let front: EngineProxy;

beforeAll(async () => {
  table = await createTableLikeSystem();
  front = await startEngineProxy(table.name);
});
afterAll(() => front.close());
beforeEach(() => front.takeOperations());

/** Returns the number of requests of an operation that reached the engine since the last call. */
const taken = (operation: string): number =>
  front.takeOperations().filter((each) => each === operation).length;

const query = (filter: string) => ({ filter: parseFilter(filter), startIndex: 1, count: 1_000 });

describe('a filter by members', () => {
  const caller = createCaller({ shows: (attribute) => attribute !== 'members' });
  const [ada, bob] = [newId(), newId()];
  let groups: readonly ResourceRecord[];

  /** Every second group has Ada, and every third one has Bob. */
  const has = (userId: string, at: number): boolean => at % (userId === ada ? 2 : 3) === 0;
  const idsWhere = (isMatch: (at: number) => boolean): string[] =>
    groups.flatMap(({ id }, at) => (isMatch(at) ? [id] : []));

  beforeAll(async () => {
    const ids = Array.from({ length: 120 }, () => newId()).sort();
    groups = ids.map((id, at) => ({ ...groupRecord(`Group ${at}`), id }));
    const users = [ada, bob].map((id) => ({
      ...userRecord(`${id}@example.com`),
      id,
      groupIds: ids.filter((_, at) => has(id, at)),
    }));
    await putItems(table, [
      ...groups.map((group) => toResourceItem(caller.domainId, 'GROUP', group)),
      ...users.map((user) => toResourceItem(caller.domainId, 'USER', user)),
      ...users.flatMap(({ id, groupIds }) =>
        groupIds.map((groupId) => membershipKey(caller.domainId, groupId, id)),
      ),
    ]);
  });

  const list = async (filter: string) =>
    idsOf(await new Groups(front.table, RETENTION_DAYS, caller).list(query(filter)));

  it('reads the memberships of 100 groups with one request', async () => {
    expect(await list(`members.value eq "${ada}"`)).toEqual(idsWhere((at) => has(ada, at)));
    // 60 groups, and then their memberships.
    expect(taken('BatchGetItem')).toBe(2);
    expect(await list(`not (members.value eq "${ada}")`)).toEqual(idsWhere((at) => !has(ada, at)));
    expect(taken('BatchGetItem')).toBe(2);
  });

  it('reads the memberships of several users together', async () => {
    const filter = `displayName sw "Group" and (members eq "${ada}" or members eq "${bob}")`;
    expect(new Set(await list(filter))).toEqual(new Set(idsWhere((at) => has(ada, at) || has(bob, at))));
    front.takeOperations();
    expect(await list(`not (members eq "${ada}") and not (members eq "${bob}")`)).toEqual(
      idsWhere((at) => !has(ada, at) && !has(bob, at)),
    );
    expect(taken('BatchGetItem')).toBe(3);
  });
});

describe('a filter that needs a scan', () => {
  const USERS = 1_300;
  const caller = createCaller({ shows: (attribute) => attribute !== 'groups' });
  let users: readonly ResourceRecord[];

  beforeAll(async () => {
    users = await seedUserItems(table, caller.domainId, USERS, (at) => ({
      userName: `user-${at}@example.com`,
      title: at >= USERS - 2 ? 'Last' : at % 2 === 0 ? 'Even' : 'Odd',
    }));
  });

  const lister = (through: Table) =>
    new Lister({
      table: through,
      caller,
      sources: [userSource(through, caller)],
      now: () => new Date(),
      cursorSecret: () => Promise.resolve(onlyVersion('secret')),
    });
  const last = parseFilter('title eq "last"');
  const idsFrom = (from: number) => users.slice(from).map(({ id }) => id);

  it('reads 1,000 users with one request', async () => {
    const listing = await lister(front.table).list({ filter: last, startIndex: 1, count: 100 });
    expect(idsOf(listing)).toEqual(idsFrom(USERS - 2));
    expect(taken('Query')).toBe(2);
  });

  it('takes larger steps by cursor as long as it finds nothing', async () => {
    const listing = await lister(front.table).list({ filter: last, cursor: '', count: 100 });
    expect(idsOf(listing)).toEqual(idsFrom(USERS - 2));
    expect(listing.nextCursor).toBeUndefined();
    // 100, 100, 200, 400, and 500 users.
    expect(taken('Query')).toBe(5);
  });

  it.each([
    ['all users match', 'title pr', 100, 101],
    ['half of the users match', 'title eq "even"', 60, 2 * 101],
  ])('reads no more than a page needs by cursor if %s', async (_, filter, count, most) => {
    const { table: counting, read } = countingTable(table, USER_ITEMS);
    const page = await lister(counting).list({ filter: parseFilter(filter), cursor: '', count });
    expect(page.resources).toHaveLength(count);
    expect(read()).toBe(most);
  });
});
