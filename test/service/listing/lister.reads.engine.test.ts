import { newId } from '../../../shared/id';
import { parseFilter } from '../../../shared/scim/filter/parse';
import { Groups } from '../../../shared/service/groups/groups';
import { toResourceItem, type ResourceRecord } from '../../../shared/store/resources/resource-record';
import { membershipKey } from '../../../shared/store/table/keys';
import type { Table } from '../../../shared/store/table/table';
import { createCaller } from '../../support/requests/caller';
import { putItems } from '../../support/seed/seed-items';
import { idsOf } from '../../support/service/listing-harness';
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
