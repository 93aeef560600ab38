import { newId } from '../../../shared/id';
import type { Attributes } from '../../../shared/scim/resource';
import type { ResourceRecord } from '../../../shared/store/resources/resource-record';
import { ENTERPRISE_USER_SCHEMA } from '../../../shared/scim/urns';
import { seedGroupItems, seedUserItems } from '../../support/seed/seed-items';
import { systemTable } from '../../support/consistency/domain-data';
import { expectList, type ListBody } from '../../support/requests/list';
import { expectScimError } from '../../support/requests/scim-error';
import { type DomainClient, createDomainClient } from '../../support/system/system';

const USERS = 24;
let domain: DomainClient;
let users: ResourceRecord[];
const [sales, marketing] = [newId(), newId()];

beforeAll(async () => {
  domain = await createDomainClient();
  const table = await systemTable();
  users = await seedUserItems(
    table,
    domain.domainId,
    USERS,
    (at): Attributes & { userName: string } => ({
      userName: `${at % 2 === 0 ? 'User' : 'user'}-${String((at * 7) % USERS).padStart(2, '0')}`,
      active: at % 2 === 0,
      ...(at % 3 === 0 && { title: `T${at % 9}` }),
      emails: [{ value: `z${at}@example.com` }, { value: `a${99 - at}@example.com`, primary: true }],
      [ENTERPRISE_USER_SCHEMA]: { department: at < 12 ? 'b' : 'A' },
    }),
    [sales, marketing],
  );
  await seedGroupItems(table, domain.domainId, sales, 'Sales', users.slice(0, 3));
  await seedGroupItems(table, domain.domainId, marketing, 'Marketing', users.slice(2, 4));
});

const list = async (query: Record<string, string>, path = '/Users'): Promise<ListBody> =>
  expectList(await domain.request('GET', `${path}?${new URLSearchParams(query).toString()}`));
const orderOf = ({ Resources }: ListBody): number[] =>
  Resources.map(({ id }) => users.findIndex((it) => it.id === id));
const numbers = Array.from({ length: USERS }, (_, at) => at);
/** Sorts the numbers of the users by a key. Users with equal keys are in the order of their ids. */
const sortedBy = (sortKey: (at: number) => string | number, descending = false): number[] =>
  [...numbers].sort((a, b) => {
    const [one, other] = [sortKey(a), sortKey(b)];
    const ascending = one < other ? -1 : Number(one > other);
    return (descending ? -ascending : ascending) || a - b;
  });

describe('sortBy', () => {
  it.each<[string, () => number[]]>([
    ['userName', () => sortedBy((at) => (at * 7) % USERS)],
    ['USERNAME', () => sortedBy((at) => (at * 7) % USERS)],
    ['id', () => numbers],
    ['active', () => sortedBy((at) => (at % 2 === 0 ? 1 : 0))],
    ['title', () => sortedBy((at) => (at % 3 === 0 ? `t${at % 9}` : 'u'))],
    ['emails', () => sortedBy((at) => 99 - at)],
    ['emails.value', () => sortedBy((at) => 99 - at)],
    [`${ENTERPRISE_USER_SCHEMA}:department`, () => sortedBy((at) => (at < 12 ? 'b' : 'a'))],
    ['meta.created', () => numbers],
  ])('%s sorts users in both orders', async (sortBy, expected) => {
    const ascending = await list({ sortBy });
    expect(ascending).toMatchObject({ totalResults: USERS, startIndex: 1, itemsPerPage: USERS });
    expect(orderOf(ascending)).toEqual(expected());
    const descending = await list({ sortBy, sortOrder: 'Descending' });
    const keys = new Map(expected().map((at, place) => [at, place]));
    expect(orderOf(descending)).toHaveLength(USERS);
    if (['id', 'userName', 'emails'].includes(sortBy))
      expect(orderOf(descending)).toEqual([...expected()].reverse());
    expect(new Set(orderOf(descending)).size).toBe(keys.size);
  });

  it('puts users without a value last, and first in descending order', async () => {
    const hasTitle = ({ Resources }: ListBody) => Resources.map(({ title }) => title !== undefined);
    const ascending = hasTitle(await list({ sortBy: 'title' }));
    expect(ascending).toEqual([...Array<boolean>(8).fill(true), ...Array<boolean>(16).fill(false)]);
    expect(hasTitle(await list({ sortBy: 'title', sortOrder: 'descending' }))).toEqual(ascending.reverse());
  });

  it.each(['userName', 'title', 'id'])('%s gives the same order in pages', async (sortBy) => {
    const all = orderOf(await list({ sortBy }));
    const pages: number[] = [];
    for (let startIndex = 1; startIndex <= USERS; startIndex += 7)
      pages.push(...orderOf(await list({ sortBy, startIndex: String(startIndex), count: '7' })));
    expect(pages).toEqual(all);
    expect(orderOf(await list({ sortBy, startIndex: '20', count: '2' }))).toEqual(all.slice(19, 21));
    expect(await list({ sortBy, startIndex: '25' })).toMatchObject({ totalResults: USERS, itemsPerPage: 0 });
    expect(await list({ sortBy, count: '0' })).toMatchObject({ totalResults: USERS, itemsPerPage: 0 });
  });

  it.each(['active eq true', 'userName sw "user-0"', `id pr`])(
    'sorts the users that %s finds',
    async (filter) => {
      const found = orderOf(await list({ filter }));
      const sorted = await list({
        filter,
        sortBy: 'userName',
        sortOrder: 'descending',
        startIndex: '2',
        count: '4',
      });
      expect(sorted.totalResults).toBe(found.length);
      const expected = sortedBy((at) => (at * 7) % USERS, true).filter((at) => found.includes(at));
      expect(orderOf(sorted)).toEqual(expected.slice(1, 5));
    },
  );

  it('sorts by memberships, which are separate items', async () => {
    const byGroup = orderOf(
      await list({ sortBy: 'groups.display', excludedAttributes: 'groups', count: '4' }),
    );
    expect(byGroup).toHaveLength(4);
    const names = ({ Resources }: ListBody) => Resources.map(({ displayName }) => displayName);
    expect(names(await list({ sortBy: 'displayName' }, '/Groups'))).toEqual(['Marketing', 'Sales']);
    expect(names(await list({ sortBy: 'members' }, '/Groups'))).toEqual(['Sales', 'Marketing']);
  });

  it('is ignored without a value, and sortOrder is ignored without sortBy', async () => {
    const queries: Record<string, string>[] = [
      { sortBy: '' },
      { sortOrder: 'sideways' },
      { sortOrder: 'descending' },
    ];
    for (const query of queries) expect(orderOf(await list(query))).toEqual(numbers);
  });

  it.each([
    ['sortBy=colour', 'invalidPath', 'colour'],
    ['sortBy=members', 'invalidPath', 'members'],
    ['sortBy=password', 'invalidPath', 'password'],
    ['sortBy=name', 'invalidPath', 'name.familyName'],
    ['sortBy=colour&count=0', 'invalidPath', 'colour'],
    ['sortBy=userName&sortOrder=up', 'invalidValue', 'up'],
  ])('is refused with 400 for %s', async (query, scimType, hint) => {
    const response = await domain.request('GET', `/Users?${query}`);
    expectScimError(response, 400, scimType);
    expect((response.body as { detail: string }).detail).toContain(hint);
  });
});
