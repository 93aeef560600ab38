import { newId } from '../../../shared/id';
import type { ResourceRecord } from '../../../shared/store/resources/resource-record';
import { seedGroupItems, seedUserItems } from '../../support/seed/seed-items';
import { systemTable } from '../../support/consistency/domain-data';
import { expectList, type ListBody } from '../../support/requests/list';
import { expectScimError } from '../../support/requests/scim-error';
import { type DomainClient, createDomainClient } from '../../support/system/system';

const USERS = 24;
let domain: DomainClient;
let users: ResourceRecord[];
const groupId = newId();

beforeAll(async () => {
  domain = await createDomainClient();
  const table = await systemTable();
  users = await seedUserItems(
    table,
    domain.domainId,
    USERS,
    (at) => ({
      userName: `user-${String((at * 7) % USERS).padStart(2, '0')}`,
      title: at % 2 ? 'odd' : 'even',
    }),
    [groupId],
  );
  await seedGroupItems(table, domain.domainId, groupId, 'All', users);
});

type Query = Record<string, string>;
const get = (query: Query, by = domain, path = '/Users') =>
  by.request('GET', `${path}?${new URLSearchParams(query).toString()}`);
const list = async (query: Query, path?: string): Promise<ListBody> =>
  expectList(await get(query, domain, path));
const ids = ({ Resources }: ListBody): string[] => Resources.map(({ id }) => id);

async function readAllPages(
  query: Query,
  count: number,
  path?: string,
): Promise<{ pages: ListBody[]; ids: string[] }> {
  const pages: ListBody[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; cursor = pages.at(-1)?.nextCursor)
    pages.push(await list({ ...query, count: String(count), cursor }, path));
  return { pages, ids: pages.flatMap(ids) };
}

describe('a list by cursor', () => {
  it('has no startIndex, and has a nextCursor on all pages except the last', async () => {
    const { pages } = await readAllPages({}, 8);
    expect(pages).toHaveLength(3);
    for (const [at, page] of pages.entries()) {
      expect(page).not.toHaveProperty('startIndex');
      expect(page).not.toHaveProperty('previousCursor');
      expect(page).toMatchObject({ totalResults: USERS, itemsPerPage: 8 });
      if (at < 2) expect(page.nextCursor).toMatch(/^[\w-]+$/);
      else expect(page).not.toHaveProperty('nextCursor');
    }
  });

  const inGroup = () => `groups.value eq "${groupId}"`;
  it.each<[string, () => Query]>([
    ['all users', () => ({})],
    ['sorted by id', () => ({ sortBy: 'id' })],
    ['sorted by name', () => ({ sortBy: 'userName' })],
    ['sorted by name, descending', () => ({ sortBy: 'userName', sortOrder: 'descending' })],
    ['with a filter', () => ({ filter: 'title eq "odd"' })],
    ['with a filter, sorted by name', () => ({ filter: 'title eq "odd"', sortBy: 'userName' })],
    ['a range of names', () => ({ filter: 'userName ge "user-1"' })],
    [
      'a range of names, descending',
      () => ({ filter: 'userName ge "user-1"', sortBy: 'userName', sortOrder: 'descending' }),
    ],
    ['some ids', () => ({ filter: `id eq "${users[1]?.id}" or id eq "${users[7]?.id}" or id eq "x"` })],
    [
      'some ids, sorted by name',
      () => ({ filter: `id eq "${users[1]?.id}" or userName eq "user-00"`, sortBy: 'userName' }),
    ],
    ['members of a group', () => ({ filter: inGroup() })],
    ['members of a group, with a condition', () => ({ filter: `${inGroup()} and title eq "even"` })],
    ['members of a group, sorted by name', () => ({ filter: inGroup(), sortBy: 'userName' })],
    ['members of an unknown group', () => ({ filter: 'groups.value eq "nobody"' })],
    ['an unknown attribute', () => ({ filter: 'colour eq "red"' })],
  ])('has the same resources as a list by index, with any page size: %s', async (_, query) => {
    const expected = ids(await list({ ...query(), count: '1000' }));
    for (const size of [1, 5, USERS, 1000]) expect((await readAllPages(query(), size)).ids).toEqual(expected);
  });

  it('starts with a cursor without a value (RFC 9865 §2)', async () => {
    const page = expectList(await domain.request('GET', '/Users?cursor&count=8'));
    expect(page).toMatchObject({ itemsPerPage: 8, nextCursor: expect.any(String) as string });
    expect(page).not.toHaveProperty('startIndex');
  });

  it('contains the total only if it is known without reading each resource', async () => {
    expect(await list({ cursor: '', filter: inGroup() })).toMatchObject({ totalResults: USERS });
    expect(await list({ cursor: '', filter: 'title eq "odd"' })).not.toHaveProperty('totalResults');
  });

  it('continues after a deleted resource, and includes resources that were created meanwhile', async () => {
    const other = await createDomainClient();
    const created: string[] = [];
    for (const name of ['a', 'b', 'c']) {
      const body = { userName: `${name}@example.com`, active: false };
      created.push(((await other.request('POST', '/Users', body)).body as { id: string }).id);
    }
    const first = expectList(await get({ count: '2', cursor: '' }, other));
    await other.request('DELETE', `/Users/${created[1]}`);
    const body = { userName: 'd@example.com', active: false };
    const createdLater = ((await other.request('POST', '/Users', body)).body as { id: string }).id;
    const second = expectList(await get({ count: '2', cursor: first.nextCursor ?? '' }, other));
    expect(ids(second)).toEqual([created[2], createdLater]);
  });

  it('is available by POST too', async () => {
    const first = await list({ count: '10', cursor: '', filter: 'title eq "odd"' });
    const lastPage = await domain.request('POST', '/Users/.search', {
      count: 10,
      cursor: first.nextCursor,
      filter: 'title EQ "odd"',
    });
    expect(ids(expectList(lastPage))).toHaveLength(2);
  });
});

describe('a cursor that does not belong to the query', () => {
  let cursor: string;
  beforeAll(async () => {
    cursor = (await list({ count: '2', cursor: '', filter: 'title pr' })).nextCursor ?? '';
  });

  it.each<[string, (cursor: string) => Query]>([
    ['invented', () => ({ cursor: 'x', filter: 'title pr' })],
    ['modified', (valid) => ({ cursor: `A${valid.slice(1)}A`, filter: 'title pr' })],
    ['truncated', (valid) => ({ cursor: valid.slice(0, -4), filter: 'title pr' })],
    ['of another filter', (valid) => ({ cursor: valid, filter: 'title eq "odd"' })],
    ['of a filter, in a query without one', (valid) => ({ cursor: valid })],
    ['of another order', (valid) => ({ cursor: valid, filter: 'title pr', sortBy: 'userName' })],
  ])('is refused with 400 invalidCursor: %s', async (_, query) => {
    expectScimError(await get(query(cursor)), 400, 'invalidCursor');
  });

  it('is refused with 400 invalidCursor for another type, the root and another domain', async () => {
    const query = { cursor, filter: 'title pr' };
    expectScimError(await get(query, domain, '/Groups'), 400, 'invalidCursor');
    expectScimError(await get(query, domain, ''), 400, 'invalidCursor');
    expectScimError(await get(query, await createDomainClient()), 400, 'invalidCursor');
  });

  it('is valid with another count and other attributes', async () => {
    const page = await list({ cursor, filter: 'title pr', count: '5', attributes: 'userName' });
    expect(ids(page)).toEqual(users.slice(2, 7).map(({ id }) => id));
  });
});

describe('an unsupported query by cursor', () => {
  it.each<[Query, string, string]>([
    [{ cursor: '', count: '0' }, 'invalidCount', '1000'],
    [{ cursor: '', count: '-1' }, 'invalidCount', '1000'],
    [{ cursor: '', count: 'ten' }, 'invalidValue', 'ten'],
    [{ cursor: '', startIndex: '1' }, 'invalidValue', 'startIndex'],
    [{ cursor: '', sortBy: 'title' }, 'invalidValue', 'userName'],
    [{ cursor: '', sortBy: 'id', sortOrder: 'descending' }, 'invalidValue', 'userName'],
    [{ cursor: '', sortBy: 'colour' }, 'invalidPath', 'colour'],
  ])('is refused with 400: %j', async (query, scimType, hint) => {
    const response = await get(query);
    expectScimError(response, 400, scimType);
    expect((response.body as { detail: string }).detail).toContain(hint);
  });

  it('does not include a count above the maximum, which is reduced to the maximum', async () => {
    expect(await list({ cursor: '', count: '5000' })).toMatchObject({ itemsPerPage: USERS });
  });
});
