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

describe('a listing by cursor', () => {
  it('has no startIndex, and a nextCursor on all pages but the last', async () => {
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
    ['all', () => ({})],
    ['in the order of ids', () => ({ sortBy: 'id' })],
    ['in the order of names', () => ({ sortBy: 'userName' })],
    ['against it', () => ({ sortBy: 'userName', sortOrder: 'descending' })],
    ['under a filter', () => ({ filter: 'title eq "odd"' })],
    ['under a filter, in the order of names', () => ({ filter: 'title eq "odd"', sortBy: 'userName' })],
    ['of a range of names', () => ({ filter: 'userName ge "user-1"' })],
    [
      'of a range of names, against it',
      () => ({ filter: 'userName ge "user-1"', sortBy: 'userName', sortOrder: 'descending' }),
    ],
    ['of some ids', () => ({ filter: `id eq "${users[1]?.id}" or id eq "${users[7]?.id}" or id eq "x"` })],
    [
      'of some ids, by name',
      () => ({ filter: `id eq "${users[1]?.id}" or userName eq "user-00"`, sortBy: 'userName' }),
    ],
    ['of a group', () => ({ filter: inGroup() })],
    ['of a group, under a condition', () => ({ filter: `${inGroup()} and title eq "even"` })],
    ['of a group, by name', () => ({ filter: inGroup(), sortBy: 'userName' })],
    ['of no group', () => ({ filter: 'groups.value eq "nobody"' })],
    ['of what there is not', () => ({ filter: 'colour eq "red"' })],
  ])('is, in pages of any size, what a listing by number is: %s', async (_, query) => {
    const whole = ids(await list({ ...query(), count: '1000' }));
    for (const size of [1, 5, USERS, 1000]) expect((await readAllPages(query(), size)).ids).toEqual(whole);
  });

  it('begins with a cursor that has no value, written as in RFC 9865 §2', async () => {
    const page = expectList(await domain.request('GET', '/Users?cursor&count=8'));
    expect(page).toMatchObject({ itemsPerPage: 8, nextCursor: expect.any(String) as string });
    expect(page).not.toHaveProperty('startIndex');
  });

  it('knows the total only where it need not look at each resource', async () => {
    expect(await list({ cursor: '', filter: inGroup() })).toMatchObject({ totalResults: USERS });
    expect(await list({ cursor: '', filter: 'title eq "odd"' })).not.toHaveProperty('totalResults');
  });

  it('goes on where it was, though that resource is gone, and shows what came meanwhile', async () => {
    const other = await createDomainClient();
    const made: string[] = [];
    for (const name of ['a', 'b', 'c']) {
      const body = { userName: `${name}@example.com`, active: false };
      made.push(((await other.request('POST', '/Users', body)).body as { id: string }).id);
    }
    const first = expectList(await get({ count: '2', cursor: '' }, other));
    await other.request('DELETE', `/Users/${made[1]}`);
    const body = { userName: 'd@example.com', active: false };
    const late = ((await other.request('POST', '/Users', body)).body as { id: string }).id;
    const second = expectList(await get({ count: '2', cursor: first.nextCursor ?? '' }, other));
    expect(ids(second)).toEqual([made[2], late]);
  });

  it('is asked for by POST alike', async () => {
    const first = await list({ count: '10', cursor: '', filter: 'title eq "odd"' });
    const rest = await domain.request('POST', '/Users/.search', {
      count: 10,
      cursor: first.nextCursor,
      filter: 'title EQ "odd"',
    });
    expect(ids(expectList(rest))).toHaveLength(2);
  });
});

describe('a cursor that is none of this query', () => {
  let cursor: string;
  beforeAll(async () => {
    cursor = (await list({ count: '2', cursor: '', filter: 'title pr' })).nextCursor ?? '';
  });

  it.each<[string, (cursor: string) => Query]>([
    ['made up', () => ({ cursor: 'x', filter: 'title pr' })],
    ['changed', (given) => ({ cursor: `A${given.slice(1)}A`, filter: 'title pr' })],
    ['cut off', (given) => ({ cursor: given.slice(0, -4), filter: 'title pr' })],
    ['of another filter', (given) => ({ cursor: given, filter: 'title eq "odd"' })],
    ['of a filter, without one', (given) => ({ cursor: given })],
    ['of another order', (given) => ({ cursor: given, filter: 'title pr', sortBy: 'userName' })],
  ])('is 400 invalidCursor: %s', async (_, query) => {
    expectScimError(await get(query(cursor)), 400, 'invalidCursor');
  });

  it('is 400 invalidCursor for another type, the root and another domain', async () => {
    const query = { cursor, filter: 'title pr' };
    expectScimError(await get(query, domain, '/Groups'), 400, 'invalidCursor');
    expectScimError(await get(query, domain, ''), 400, 'invalidCursor');
    expectScimError(await get(query, await createDomainClient()), 400, 'invalidCursor');
  });

  it('is good with another count and other attributes', async () => {
    const page = await list({ cursor, filter: 'title pr', count: '5', attributes: 'userName' });
    expect(ids(page)).toEqual(users.slice(2, 7).map(({ id }) => id));
  });
});

describe('a query by cursor that cannot be', () => {
  it.each<[Query, string, string]>([
    [{ cursor: '', count: '0' }, 'invalidCount', '1000'],
    [{ cursor: '', count: '-1' }, 'invalidCount', '1000'],
    [{ cursor: '', count: 'ten' }, 'invalidValue', 'ten'],
    [{ cursor: '', startIndex: '1' }, 'invalidValue', 'startIndex'],
    [{ cursor: '', sortBy: 'title' }, 'invalidValue', 'userName'],
    [{ cursor: '', sortBy: 'id', sortOrder: 'descending' }, 'invalidValue', 'userName'],
    [{ cursor: '', sortBy: 'colour' }, 'invalidPath', 'colour'],
  ])('is 400: %j', async (query, scimType, hint) => {
    const answer = await get(query);
    expectScimError(answer, 400, scimType);
    expect((answer.body as { detail: string }).detail).toContain(hint);
  });

  it('is none for more than a page may hold, which is what it holds then', async () => {
    expect(await list({ cursor: '', count: '5000' })).toMatchObject({ itemsPerPage: USERS });
  });
});
