import { newId } from '../../../shared/id';
import { parseFilter } from '../../../shared/scim/filter/parse';
import type { Resource } from '../../../shared/scim/resource';
import type { Caller } from '../../../shared/service/resources/caller';
import { Groups } from '../../../shared/service/groups/groups';
import { Lister } from '../../../shared/service/listing/lister';
import type { Listing } from '../../../shared/service/resources/resource-service';
import { userSource } from '../../../shared/service/users/user-source';
import { Users } from '../../../shared/service/users/users';
import type { Table } from '../../../shared/store/table/table';
import { systemTable } from '../../support/consistency/domain-data';
import { RETENTION_DAYS } from '../../support/store/records';
import { createCaller } from '../../support/requests/caller';
import { countingTable } from '../../support/store/counting-table';

const USERS = 25;

let table: Table;
let caller: Caller;
let users: Resource[];
let groups: Resource[];

beforeAll(async () => {
  table = await systemTable();
  caller = createCaller();
  const created = Array.from({ length: USERS }, (_, at) =>
    new Users(table, RETENTION_DAYS, caller).create({
      userName: `user-${String(at).padStart(2, '0')}@example.com`,
      title: at % 2 === 0 ? 'even' : 'odd',
      externalId: `external-${at % 5}`,
    }),
  );
  users = await Promise.all(created);
  groups = [];
  for (const [name, members] of [
    ['Sales', users.slice(0, 3)],
    ['Marketing', users.slice(2, 4)],
    ['Empty', []],
  ] as const) {
    const body = { displayName: name, members: members.map(({ id }) => ({ value: id })) };
    groups.push(await new Groups(table, RETENTION_DAYS, caller).create(body));
  }
});

interface ListOptions {
  readonly filter?: string;
  readonly startIndex?: number;
  readonly count?: number;
}
const query = ({ filter, startIndex = 1, count = 100 }: ListOptions) => ({
  ...(filter !== undefined && { filter: parseFilter(filter) }),
  startIndex,
  count,
});
const listUsers = (asked: ListOptions, from = table, by = caller, now?: () => Date): Promise<Listing> =>
  new Users(from, RETENTION_DAYS, by, now).list(query(asked));
const listGroups = (asked: ListOptions, by = caller): Promise<Listing> =>
  new Groups(table, RETENTION_DAYS, by).list(query(asked));
const namesOf = ({ resources }: Listing) => resources.map((it) => (it.userName ?? it.displayName) as string);
const idsOf = ({ resources }: Listing) => resources.map(({ id }) => id);
const USER_ITEMS = /^[^#]+#USER$/;

/** Walks all pages as identity providers do: on by what was received, until the total is reached. */
async function readAllPages(size: number, from = table, by = caller): Promise<string[]> {
  const ids: string[] = [];
  for (;;) {
    const listing = await listUsers({ startIndex: ids.length + 1, count: size }, from, by);
    expect(listing).toMatchObject({ totalResults: USERS, startIndex: ids.length + 1 });
    expect(listing.resources.length).toBeGreaterThan(0);
    ids.push(...idsOf(listing));
    if (ids.length >= USERS) return ids;
  }
}

describe('a listing without a filter', () => {
  it.each([1, 7, 24, 25, 26])('gives every user once, in pages of %i, and reads each once', async (size) => {
    const { table: counting, read } = countingTable(table, USER_ITEMS);
    expect(await readAllPages(size, counting)).toEqual(users.map(({ id }) => id));
    expect(read()).toBe(USERS);
  });

  it('finds any page without a mark before it', async () => {
    const [fresh, ids] = [createCaller(), users.map(({ id }) => id)];
    const other = { ...caller, domainId: fresh.domainId };
    expect(await listUsers({ startIndex: 5 }, table, other)).toMatchObject({
      resources: [],
      totalResults: 0,
    });
    expect(idsOf(await listUsers({ startIndex: 20, count: 3 }))).toEqual(ids.slice(19, 22));
    expect(idsOf(await listUsers({ startIndex: 3, count: 2 }))).toEqual(ids.slice(2, 4));
    expect(idsOf(await listUsers({ startIndex: USERS, count: 100 }))).toEqual(ids.slice(-1));
  });

  it('is empty past the end, and for a count of 0, with the true total', async () => {
    const { table: counting, read } = countingTable(table, USER_ITEMS);
    for (const asked of [{ startIndex: USERS + 1 }, { startIndex: Number.MAX_SAFE_INTEGER }, { count: 0 }]) {
      expect(await listUsers(asked, counting)).toMatchObject({ resources: [], totalResults: USERS });
    }
    expect(read()).toBe(0);
  });

  it('begins anew from the start once its marks have expired', async () => {
    await readAllPages(5);
    const { table: counting, read } = countingTable(table, USER_ITEMS);
    const later = () => new Date(Date.now() + 601_000);
    const page = await listUsers({ startIndex: 21, count: 5 }, counting, caller, later);
    expect(idsOf(page)).toEqual(users.slice(20).map(({ id }) => id));
    expect(read()).toBe(USERS);
  });
});

describe('a filter', () => {
  const id = (at: number) => users[at]?.id ?? '';

  it.each<[string, () => string, number[]]>([
    ['by name, in any case', () => 'userName eq "USER-03@example.com"', [3]],
    ['by a name that nobody has', () => 'userName eq "nobody"', []],
    ['by id', () => `id eq "${id(4)}"`, [4]],
    ['by id and another attribute', () => `id eq "${id(4)}" and title eq "odd"`, []],
    ['by externalId', () => 'externalId eq "external-1"', [1, 6, 11, 16, 21]],
    ['by the start of a name', () => 'userName sw "user-1"', [10, 11, 12, 13, 14, 15, 16, 17, 18, 19]],
    ['by a range of names', () => 'userName ge "user-03" and userName lt "user-05"', [3, 4]],
    ['by either of two look-ups', () => `id eq "${id(7)}" or externalId eq "external-2"`, [2, 7, 12, 17, 22]],
    ['by group', () => `groups.value eq "${groups[0]?.id ?? ''}"`, [0, 1, 2]],
    ['by group and attribute', () => `groups eq "${groups[0]?.id ?? ''}" and title eq "odd"`, [1]],
    ['by the name of a group', () => 'groups.display eq "Marketing"', [2, 3]],
    ['by a group that there is not', () => 'groups.value eq "nobody"', []],
    [
      'by what only a scan finds',
      () => 'title eq "even" and not (userName sw "user-0")',
      [10, 12, 14, 16, 18, 20, 22, 24],
    ],
    ['by an attribute that there is not', () => 'colour eq "red"', []],
    ['by the longest id', () => `id eq "${'x'.repeat(1024)}"`, []],
    ['by an id that no key can hold', () => `id eq "${'x'.repeat(1025)}"`, []],
    ['by half of a surrogate pair', () => 'userName eq "\\ud800"', []],
  ])('finds users %s', async (_, filter, expected) => {
    const listing = await listUsers({ filter: filter() });
    expect(listing.totalResults).toBe(expected.length);
    expect(idsOf(listing)).toEqual(expected.map(id));
  });

  it('is applied before the page is cut', async () => {
    const listing = await listUsers({ filter: 'title eq "even"', startIndex: 4, count: 3 });
    expect(listing).toMatchObject({ totalResults: 13, startIndex: 4 });
    expect(idsOf(listing)).toEqual([6, 8, 10].map(id));
    expect(await listUsers({ filter: 'title eq "even"', count: 0 })).toMatchObject({
      totalResults: 13,
      resources: [],
    });
  });

  it.each<[string, () => string, string[]]>([
    ['by name', () => 'displayName eq "sales"', ['Sales']],
    ['by member', () => `members eq "${id(2)}"`, ['Sales', 'Marketing']],
    ['by id and member', () => `id eq "${groups[1]?.id ?? ''}" and members eq "${id(0)}"`, []],
    ['by member in brackets', () => `members[value eq "${id(3)}"]`, ['Marketing']],
    ['by the lack of a member', () => `not (members eq "${id(0)}")`, ['Marketing', 'Empty']],
    ['by having members', () => 'members pr', ['Sales', 'Marketing']],
    ['by having none', () => 'members.value eq ""', ['Empty']],
    ['by a member that no key can hold', () => `displayName sw "s" and members eq "${'x'.repeat(1020)}"`, []],
    [
      'without a member that no key can hold',
      () => `not (members eq "${'x'.repeat(5000)}")`,
      ['Sales', 'Marketing', 'Empty'],
    ],
  ])('finds groups %s', async (_, filter, expected) => {
    expect(namesOf(await listGroups({ filter: filter() }))).toEqual(expected);
  });

  it('shows a group with all its members, whichever the filter asked for', async () => {
    const [sales] = (await listGroups({ filter: `members eq "${id(2)}"` })).resources;
    expect(sales?.members).toHaveLength(3);
    const [blind] = (await listGroups({ filter: `members eq "${id(2)}"` }, { ...caller, shows: () => false }))
      .resources;
    expect(blind).not.toHaveProperty('members');
  });

  it('that cannot be done in time is 400 tooMany', async () => {
    const late = { ...caller, deadline: Date.now() - 1 };
    await expect(listUsers({ filter: 'title pr' }, table, late)).rejects.toMatchObject({
      status: 400,
      scimType: 'tooMany',
    });
  });

  it('that does not suit its attribute is 400 invalidFilter, whatever it would find', async () => {
    await expect(listUsers({ filter: 'userName eq 1 and colour eq "red"' })).rejects.toMatchObject({
      scimType: 'invalidFilter',
    });
  });
});

it('a page is no longer than a response can be', async () => {
  const by = createCaller();
  const long = Array.from({ length: 22 }, (_, at) => `${at} ${'雪'.repeat(2_600)}`);
  const emails = [{ value: 'jane.doe@example.com', primary: true }];
  await Promise.all(
    Array.from({ length: 20 }, () =>
      new Users(table, RETENTION_DAYS, by).create({
        userName: newId(),
        emails,
        photos: long.map((_, at) => ({ value: `https://example.com/${at}`, display: long[at] ?? '' })),
      }),
    ),
  );
  const listing = await listUsers({ filter: 'photos pr' }, table, by);
  expect(listing.totalResults).toBe(20);
  expect(listing.resources.length).toBeLessThan(20);
  const bytes = Buffer.byteLength(JSON.stringify(listing.resources));
  expect(bytes).toBeLessThan(3_100_000);
  expect(bytes).toBeGreaterThan(2_700_000);
  const rest = await listUsers({ filter: 'photos pr', startIndex: listing.resources.length + 1 }, table, by);
  expect(new Set([...idsOf(listing), ...idsOf(rest)]).size).toBe(20);
});

describe('a listing by cursor', () => {
  const secret = () => Promise.resolve('secret');
  const lister = (by: Caller, now = () => new Date()) =>
    new Lister({ table, caller: by, sources: [userSource(table, by)], now, cursorSecret: secret });
  const filter = parseFilter('title eq "odd"');

  it('that cannot be done in time goes on with the next page', async () => {
    const late = lister({ ...caller, deadline: Date.now() - 1 });
    const found: string[] = [];
    let cursor: string | undefined = '';
    let pages = 0;
    while (cursor !== undefined) {
      const page: Listing = await late.list({ filter, cursor, count: 100 });
      found.push(...idsOf(page));
      cursor = page.nextCursor;
      pages++;
    }
    expect(found).toEqual(users.filter((_, at) => at % 2 === 1).map(({ id }) => id));
    expect(pages).toBe(USERS);
  });

  it('cannot go on an hour later', async () => {
    const { nextCursor = '' } = await lister(caller).list({ cursor: '', count: 2 });
    const later = lister(caller, () => new Date(Date.now() + 3_600_000));
    await expect(later.list({ cursor: nextCursor, count: 2 })).rejects.toMatchObject({
      status: 400,
      scimType: 'expiredCursor',
    });
  });

  it('asks for no secret where there is no cursor', async () => {
    const none = new Lister({
      table,
      caller,
      sources: [userSource(table, caller)],
      now: () => new Date(),
      cursorSecret: () => Promise.reject(new Error('There is none.')),
    });
    expect(await none.list({ startIndex: 1, count: 2 })).toMatchObject({ totalResults: USERS });
  });
});

describe('the members of a group', () => {
  const ofSales = () => `groups.value eq "${groups[0]?.id ?? ''}"`;

  it('are listed by its memberships alone', async () => {
    const { table: counting, read } = countingTable(table, /#(USER|GROUP#.*)$/);
    const page = await listUsers({ filter: ofSales(), startIndex: 2, count: 1 }, counting);
    expect(page).toMatchObject({ totalResults: 3, startIndex: 2 });
    expect(idsOf(page)).toEqual(users.slice(1, 2).map(({ id }) => id));
    expect(read()).toBe(2);
  });

  it('are none once the group is gone, whatever it left behind', async () => {
    const all = new Groups(table, RETENTION_DAYS, caller);
    const members = users.slice(0, 2).map(({ id }) => ({ value: id }));
    const { id } = await all.create({ displayName: 'Short-lived', members });
    const filter = `groups.value eq "${id}"`;
    expect(await listUsers({ filter })).toMatchObject({ totalResults: 2 });
    await all.delete(id);
    expect(await listUsers({ filter })).toMatchObject({ totalResults: 0, resources: [] });
    expect(await listUsers({ filter: `${filter} and title pr` })).toMatchObject({ totalResults: 0 });
  });
});
