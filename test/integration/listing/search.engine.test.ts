import { newId } from '../../../shared/id';
import { SEARCH_REQUEST } from '../../../shared/scim/urns';
import type { ResourceRecord } from '../../../shared/store/resources/resource-record';
import { seedGroupItems, seedUserItems } from '../../support/seed/seed-items';
import { systemTable } from '../../support/consistency/domain-data';
import { expectList, type ListBody } from '../../support/requests/list';
import { expectScimError } from '../../support/requests/scim-error';
import { type DomainClient, createDomainClient, takeCapacity } from '../../support/system/system';

const USERS = 7;
const GROUP_NAMES = ['Sales', 'b-group', 'Everyone'];
let domain: DomainClient;
let users: ResourceRecord[];
let groupIds: string[];

beforeAll(async () => {
  domain = await createDomainClient();
  const table = await systemTable();
  groupIds = GROUP_NAMES.map(() => newId()).sort();
  users = await seedUserItems(
    table,
    domain.domainId,
    USERS,
    (at) => ({
      userName: `user-${at}`,
      displayName: `${'gfedcba'[at]}-user`,
      title: at % 2 ? 'odd' : 'even',
    }),
    groupIds,
  );
  for (const [at, id] of groupIds.entries())
    await seedGroupItems(table, domain.domainId, id, GROUP_NAMES[at] ?? '', users);
});

type Query = Record<string, string>;
const get = (query: Query, path = '') =>
  domain.request('GET', `${path}?${new URLSearchParams(query).toString()}`);
const listRoot = async (query: Query): Promise<ListBody> => expectList(await get(query));
const ids = ({ Resources }: ListBody): string[] => Resources.map(({ id }) => id);
const allIds = () => [...users.map(({ id }) => id), ...groupIds];

describe('a search by POST', () => {
  it.each<[string, object, Query]>([
    ['/Users', {}, {}],
    ['/Users', { filter: 'title eq "odd"', count: 2 }, { filter: 'title eq "odd"', count: '2' }],
    [
      '/Users',
      { SORTBY: 'displayName', sortorder: 'descending' },
      { sortBy: 'displayName', sortOrder: 'descending' },
    ],
    ['/Users', { attributes: ['userName', 'groups.display'] }, { attributes: 'userName,groups.display' }],
    [
      '/Users',
      { excludedAttributes: 'meta', startIndex: '3', count: '2' },
      { excludedAttributes: 'meta', startIndex: '3', count: '2' },
    ],
    [
      '/Groups',
      { filter: 'displayName sw "s"', excludedAttributes: ['members'] },
      { filter: 'displayName sw "s"', excludedAttributes: 'members' },
    ],
    [
      '',
      { filter: 'meta.resourceType eq "Group"', count: 1 },
      { filter: 'meta.resourceType eq "Group"', count: '1' },
    ],
    [
      '',
      { startIndex: 6, count: 4, attributes: ['displayName'] },
      { startIndex: '6', count: '4', attributes: 'displayName' },
    ],
  ])('to %s/.search with %j returns the same as GET', async (path, body, query) => {
    const post = await domain.request('POST', `${path}/.search`, { schemas: [SEARCH_REQUEST], ...body });
    const same = await get(Object.keys(query).length > 0 ? query : { count: '100' }, path);
    expect(expectList(post)).toEqual(expectList(same));
    expect(post.headers.get('content-type')).toBe('application/scim+json');
  });

  it.each<[object | string, string]>([
    [{ schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'] }, 'invalidSyntax'],
    ['{"broken', 'invalidSyntax'],
    [{ count: true }, 'invalidValue'],
    [{ filter: 'title' }, 'invalidFilter'],
    [{ sortBy: 'colour' }, 'invalidPath'],
    [{ cursor: 'x' }, 'invalidCursor'],
    [{ cursor: '', count: 0 }, 'invalidCount'],
  ])('is refused with 400 for %j', async (body, scimType) => {
    for (const path of ['/Users/.search', '/Groups/.search', '/.search'])
      expectScimError(await domain.request('POST', path, body), 400, scimType);
  });
});

describe('a list at the root', () => {
  it.each([1, 3, 7, 8, 100])('contains users, then groups, by index, in pages of %i', async (count) => {
    const listed: string[] = [];
    while (listed.length < USERS + 3) {
      const page = await listRoot({ startIndex: String(listed.length + 1), count: String(count) });
      const remaining = USERS + 3 - listed.length;
      expect(page).toMatchObject({ totalResults: USERS + 3, startIndex: listed.length + 1 });
      expect(page.itemsPerPage).toBe(Math.min(count, remaining));
      listed.push(...ids(page));
    }
    expect(listed).toEqual(allIds());
  });

  it.each([
    [1, ''],
    [3, ''],
    [7, ''],
    [100, ''],
    [2, 'displayName co "e"'],
    [2, 'meta.resourceType eq "Group" or title eq "odd"'],
  ])('contains the same resources by cursor, in pages of %i: "%s"', async (count, filter) => {
    const query: Query = filter === '' ? {} : { filter };
    const listed: string[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      const page: ListBody = await listRoot({ ...query, count: String(count), cursor });
      listed.push(...ids(page));
      cursor = page.nextCursor;
    }
    expect(listed).toEqual(ids(await listRoot({ ...query, count: '100' })));
  });

  it('sorts users and groups together', async () => {
    const { Resources } = await listRoot({ sortBy: 'displayName' });
    expect(Resources.map(({ displayName }) => displayName)).toEqual([
      'a-user',
      'b-group',
      'b-user',
      'c-user',
      'd-user',
      'e-user',
      'Everyone',
      'f-user',
      'g-user',
      'Sales',
    ]);
    const secondPage = await listRoot({
      sortBy: 'displayName',
      sortOrder: 'descending',
      startIndex: '2',
      count: '3',
    });
    expect(secondPage).toMatchObject({ totalResults: USERS + 3, startIndex: 2 });
    expect(secondPage.Resources.map(({ displayName }) => displayName)).toEqual([
      'g-user',
      'f-user',
      'Everyone',
    ]);
    const byName = await listRoot({ sortBy: 'userName' });
    expect(ids(byName)).toEqual(allIds());
  });

  it.each<[string, () => string[]]>([
    ['userName pr', () => users.map(({ id }) => id)],
    ['members pr', () => groupIds],
    ['displayName sw "SAL"', () => groupIds.slice(0, 1)],
    ['userName ge "user-3" and userName lt "user-4"', () => users.slice(3, 4).map(({ id }) => id)],
    ['not (userName sw "user-")', () => []],
    ['meta.resourceType eq "User" and title eq "odd"', () => [1, 3, 5].map((at) => users[at]?.id ?? '')],
    ['colour eq "red"', () => []],
  ])('finds resources of either type with %s', async (filter, expected) => {
    const page = await listRoot({ filter });
    expect(ids(page)).toEqual(expected());
    expect(page.totalResults).toBe(expected().length);
  });

  it('returns the requested attributes of each type', async () => {
    const { Resources } = await listRoot({ attributes: 'userName,members.value' });
    expect(Object.keys(Resources[0] ?? {}).sort()).toEqual(['id', 'schemas', 'userName']);
    expect(Resources.at(-1)).toMatchObject({ members: users.map(({ id }) => ({ value: id })) });
    const { Resources: rest } = await listRoot({ excludedAttributes: 'members,groups' });
    for (const resource of rest) {
      expect(resource).not.toHaveProperty('members');
      expect(resource).not.toHaveProperty('groups');
    }
  });

  it('reads only the type that the filter requests', async () => {
    await takeCapacity(domain.domainId);
    await listRoot({ filter: 'meta.resourceType eq "Group"', excludedAttributes: 'members' });
    const read = (await takeCapacity(domain.domainId)).flatMap(({ partitionKeys }) => partitionKeys);
    expect(read).toContain(`${domain.domainId}#GROUP`);
    expect(read).not.toContain(`${domain.domainId}#USER`);
  });

  it.each([
    [{ sortBy: 'colour' }, 'invalidPath'],
    [{ sortBy: 'displayName', cursor: '' }, 'invalidValue'],
    [{ filter: 'active gt true' }, 'invalidFilter'],
    [{ cursor: '', count: '0' }, 'invalidCount'],
  ])('is refused with 400 for %j', async (query, scimType) => {
    expectScimError(await get(query), 400, scimType);
  });
});
