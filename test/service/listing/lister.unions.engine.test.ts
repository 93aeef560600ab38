import { parseFilter } from '../../../shared/scim/filter/parse';
import type { Json } from '../../../shared/scim/resource';
import { Lister } from '../../../shared/service/listing/lister';
import { userSource } from '../../../shared/service/users/user-source';
import type { Caller } from '../../../shared/service/resources/caller';
import type { Listing } from '../../../shared/service/resources/resource-service';
import { ResourceStore } from '../../../shared/store/resources/resource-store';
import type { Table } from '../../../shared/store/table/table';
import { Users } from '../../../shared/service/users/users';
import { ADDRESS_INDEX_COMPLETE, addressIndexKey } from '../../../shared/store/table/address-keys';
import { createCaller } from '../../support/requests/caller';
import { seedGroupItems, seedUserItems } from '../../support/seed/seed-items';
import { idsOf } from '../../support/service/listing-harness';
import { onlyVersion } from '../../support/service/secret-versions';
import { countingTable } from '../../support/store/counting-table';
import { createTableLikeSystem } from '../../support/store/create-table';
import { USER_SETTINGS } from '../../support/store/records';

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

const list = (
  text: string,
  paging: { cursor: string } | { startIndex: number },
  order: Order = 'creation',
  through = table,
) =>
  new Lister({
    table: through,
    caller,
    sources: [userSource(through, caller)],
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

  it('reads its lookups once, and finds each user once, however many pages there are', async () => {
    const created: string[] = [];
    for (let at = 0; at < 6; at++) {
      const emails: Json = [{ value: `mail-${at}@example.com` }, { value: 'all@example.com', type: 'home' }];
      const body = { userName: `user-${at}@example.com`, emails, externalId: `x-${at}` };
      created.push((await new Users(table, USER_SETTINGS, caller).create(body)).id);
    }
    await table.put({ ...addressIndexKey(caller.domainId, ADDRESS_INDEX_COMPLETE) });
    const names = created.map((_, at) => `userName eq "user-${at}@example.com"`).join(' or ');
    const others =
      'externalId eq "x-1" or emails.value eq "mail-2@example.com" or email eq "all@example.com"';
    for (const order of ['creation', 'ascending', 'descending'] as const) {
      const { table: counting, read } = countingTable(table, /#EMAIL#|#USER$/);
      const idOfName = jest.spyOn(ResourceStore.prototype, 'idOfName');
      const reads = () => idOfName.mock.calls.length + read();
      const found: string[] = [];
      let readsOfFirst: number | undefined;
      for (let cursor: string | undefined = ''; cursor !== undefined;) {
        const page: Listing = await list(`${names} or ${others}`, { cursor }, order, counting);
        found.push(...idsOf(page));
        cursor = page.nextCursor;
        readsOfFirst ??= reads();
      }
      expect(found).toEqual(order === 'descending' ? [...created].reverse() : created);
      expect(reads()).toBe(readsOfFirst);
      expect(readsOfFirst).toBeGreaterThan(10);
      idOfName.mockRestore();
    }
  });

  it('counts a user once toward the limit, whatever the number of terms that find it', async () => {
    await seed(LIMIT / 2 + 1);
    const listing = await list('userName sw "u" or userName gt "u" or userName lt "v"', { startIndex: 1 });
    expect(listing.totalResults).toBe(LIMIT / 2 + 1);
  });
});
