import { parseFilter } from '../../../shared/scim/filter/parse';
import { Lister } from '../../../shared/service/listing/lister';
import { userSource } from '../../../shared/service/users/user-source';
import type { Caller } from '../../../shared/service/resources/caller';
import type { Listing } from '../../../shared/service/resources/resource-service';
import type { Table } from '../../../shared/store/table/table';
import { createCaller } from '../../support/requests/caller';
import { seedGroupItems, seedUserItems } from '../../support/seed/seed-items';
import { idsOf } from '../../support/service/listing-harness';
import { onlyVersion } from '../../support/service/secret-versions';
import { createTableLikeSystem } from '../../support/store/create-table';

/** The number of resources that the lookups of a filter may find. */
const LIMIT = 10_000;

let table: Table;
let caller: Caller;
beforeAll(async () => {
  table = await createTableLikeSystem();
});
beforeEach(() => {
  caller = createCaller();
});

/** Creates users whose names begin with `u0` and `u1` in turn. */
const seed = (count: number, first = 0, groupIds: readonly string[] = []) =>
  seedUserItems(
    table,
    caller.domainId,
    count,
    (at) => ({ userName: `u${(first + at) % 2}-${String(first + at).padStart(5, '0')}` }),
    groupIds,
  );

type Order = 'creation' | 'ascending' | 'descending';

const list = (text: string, paging: { cursor: string } | { startIndex: number }, order: Order = 'creation') =>
  new Lister({
    table,
    caller,
    sources: [userSource(table, caller)],
    now: () => new Date(),
    cursorSecret: () => Promise.resolve(onlyVersion('secret')),
  }).list({
    filter: parseFilter(text),
    ...(order !== 'creation' && { sort: { path: 'userName', descending: order === 'descending' } }),
    ...paging,
    count: 2,
  });

const namesOf = ({ resources }: Listing) => resources.map(({ userName }) => userName);

describe('an or of lookups', () => {
  it('keeps its order and its cursors when the lookups find more than the limit between two pages', async () => {
    const filter = 'userName sw "u0" or userName sw "u1"';
    const orders: Order[] = ['creation', 'ascending', 'descending'];
    await seed(LIMIT);
    const first = new Map<Order, Listing>();
    for (const order of orders) first.set(order, await list(filter, { cursor: '' }, order));
    await seed(2, LIMIT);
    const pages: unknown[] = [];
    for (const order of orders) {
      const page = first.get(order) as Listing;
      const next = await list(filter, { cursor: page.nextCursor ?? 'none' }, order);
      pages.push([...namesOf(page), ...namesOf(next)]);
      expect(next.nextCursor).toBeDefined();
    }
    expect(pages).toEqual([
      ['u0-00000', 'u1-00001', 'u0-00002', 'u1-00003'],
      ['u0-00000', 'u0-00002', 'u0-00004', 'u0-00006'],
      ['u1-09999', 'u1-09997', 'u1-09995', 'u1-09993'],
    ]);
    await expect(list(filter, { startIndex: 1 })).rejects.toMatchObject({ status: 400, scimType: 'tooMany' });
  });

  it('pages through the members of a large group by cursor, and refuses to do so by startIndex', async () => {
    const users = await seed(LIMIT + 1, 0, ['group']);
    await seedGroupItems(table, caller.domainId, 'group', 'Large', users);
    for (const other of ['groups.value eq "other"', 'userName eq "nobody"']) {
      const filter = `groups.value eq "group" or ${other}`;
      const page = await list(filter, { cursor: '' });
      expect(idsOf(page)).toEqual(users.slice(0, 2).map(({ id }) => id));
      const next = await list(filter, { cursor: page.nextCursor ?? 'none' });
      expect(idsOf(next)).toEqual(users.slice(2, 4).map(({ id }) => id));
    }
    await expect(
      list('groups.value eq "group" or userName eq "nobody"', { startIndex: 1 }),
    ).rejects.toMatchObject({ status: 400, scimType: 'tooMany' });
  });

  it('counts a user once toward the limit, whatever the number of terms that find it', async () => {
    await seed(LIMIT / 2 + 1);
    const listing = await list('userName sw "u" or userName gt "u" or userName lt "v"', { startIndex: 1 });
    expect(listing.totalResults).toBe(LIMIT / 2 + 1);
  });
});
