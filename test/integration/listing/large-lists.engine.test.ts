import { newId } from '../../../shared/id';
import type { ResourceRecord } from '../../../shared/store/resources/resource-record';
import { seedGroupItems, seedUserItems } from '../../support/seed/seed-items';
import { systemTable } from '../../support/consistency/domain-data';
import { expectList, type ListBody } from '../../support/requests/list';
import { expectScimError } from '../../support/requests/scim-error';
import { type DomainClient, createDomainClient, takeCapacity } from '../../support/system/system';

const USERS = 10_000;
const PAGE = 100;
const PAGES = USERS / PAGE;

let domain: DomainClient;
let users: ResourceRecord[];
const groupId = newId();

beforeAll(async () => {
  domain = await createDomainClient();
  const table = await systemTable();
  // The order of names is the opposite of the order of ids.
  const nameOf = (at: number) => `user-${String(USERS - at).padStart(5, '0')}@example.com`;
  users = await seedUserItems(
    table,
    domain.domainId,
    USERS,
    (at) => ({ userName: nameOf(at), active: at % 2 === 0, title: at === 9_999 ? 'Last' : 'Other' }),
    [groupId],
  );
  await seedGroupItems(table, domain.domainId, groupId, 'All', users);
});

const list = async (query: string): Promise<ListBody> =>
  expectList(await domain.request('GET', `/Users?${query}`));

/** Returns the read units of the function since the last call, without those of the authorizer. */
const readUnits = async (): Promise<number> =>
  (await takeCapacity(domain.domainId))
    .filter((record) => record.function.includes('Users'))
    .reduce((sum, { read }) => sum + read, 0);

/** Reads all pages by index or by cursor. Returns the ids and the read units of each page. */
async function readAllPages(
  query: string,
  by: 'startIndex' | 'cursor',
): Promise<{ ids: string[]; units: number[] }> {
  const ids: string[] = [];
  const units: number[] = [];
  await readUnits();
  let next: string | undefined = by === 'cursor' ? '' : '1';
  while (next !== undefined) {
    const page: ListBody = await list(`${query}&count=${PAGE}&${by}=${next}`);
    ids.push(...page.Resources.map(({ id }) => id));
    units.push(await readUnits());
    const nextIndex = ids.length < USERS ? String(ids.length + 1) : undefined;
    next = by === 'cursor' ? page.nextCursor : nextIndex;
  }
  return { ids, units };
}

const sum = (units: readonly number[]): number => units.reduce((total, each) => total + each, 0);
const idsOf = (records: readonly ResourceRecord[]): string[] => records.map(({ id }) => id);

describe('all pages of 100 users in a domain with 10,000 users', () => {
  /** The units of reading each item once: 4 kB are one unit. */
  let leastUnits: number;
  /** The units of the counts and the nearest index mark, on each page. */
  const ASIDE = 2 * PAGES;

  beforeAll(async () => {
    await readUnits();
    let after = '';
    for (let at = 0; at < USERS; at += 1_000) {
      const page = await list(`count=1000&excludedAttributes=groups&cursor=${after}`);
      after = page.nextCursor ?? '';
    }
    const counts = USERS / 1_000;
    // A page is rounded up to whole units.
    leastUnits = PAGES * Math.ceil(((await readUnits()) - counts) / PAGES);
  });

  it.each(['startIndex', 'cursor'] as const)('read each item once, by %s', async (by) => {
    const { ids, units } = await readAllPages('excludedAttributes=groups', by);
    expect(ids).toEqual(idsOf(users));
    expect(units).toHaveLength(PAGES);
    expect(sum(units)).toBeLessThanOrEqual(leastUnits * 1.1 + ASIDE);
  });

  it.each([
    ['startIndex', 'ascending'],
    ['cursor', 'descending'],
  ] as const)('read each item once if they are sorted by name, by %s, %s', async (by, order) => {
    const { ids, units } = await readAllPages(
      `excludedAttributes=groups&sortBy=userName&sortOrder=${order}`,
      by,
    );
    const byName = idsOf(users).reverse();
    expect(ids).toEqual(order === 'ascending' ? byName : [...byName].reverse());
    expect(units).toHaveLength(PAGES);
    // Each item is a separate read of one unit. The reads of the index, which is small, are added.
    expect(sum(units)).toBeLessThanOrEqual(USERS * 1.1 + 2 * ASIDE);
  });

  it('read each group of the users once per page', async () => {
    await list(`count=${PAGE}&excludedAttributes=groups`);
    await readUnits();
    await list(`count=${PAGE}&excludedAttributes=groups`);
    const without = await readUnits();
    const page = await list(`count=${PAGE}`);
    expect(page.Resources.every(({ groups }) => (groups as unknown[]).length === 1)).toBe(true);
    expect((await readUnits()) - without).toBeLessThanOrEqual(2);
  });
});

describe('the members of a group of 10,000', () => {
  const filter = `filter=${encodeURIComponent(`groups.value eq "${groupId}"`)}`;

  it.each(['startIndex', 'cursor'] as const)(
    'are listed in pages with the same number of read units, by %s',
    async (by) => {
      const { ids, units } = await readAllPages(`${filter}&excludedAttributes=groups`, by);
      expect(ids).toEqual(idsOf(users));
      const [second, fiftieth] = [units[1] ?? NaN, units[49] ?? NaN];
      expect(Math.abs(fiftieth - second)).toBeLessThanOrEqual(1);
      expect(Math.abs((units[0] ?? NaN) - second)).toBeLessThanOrEqual(2);
    },
  );

  it('are counted without being read', async () => {
    await readUnits();
    expect(await list(`${filter}&count=0`)).toMatchObject({ totalResults: USERS, itemsPerPage: 0 });
    expect(await readUnits()).toBeLessThanOrEqual(2);
  });

  it('can be filtered with another condition', async () => {
    const active = encodeURIComponent(`groups.value eq "${groupId}" and active eq true`);
    const page = await list(`filter=${active}&startIndex=4991&count=100&excludedAttributes=groups`);
    expect(page).toMatchObject({ totalResults: USERS / 2, itemsPerPage: 10 });
  });
});

describe('a search that exceeds the read budget', () => {
  let larger: DomainClient;
  beforeAll(async () => {
    larger = await createDomainClient();
    const table = await systemTable();
    await seedUserItems(table, larger.domainId, USERS + 1, (at) => ({
      userName: `user-${at}@example.com`,
      title: at >= USERS - 2 ? 'Last' : 'Other',
    }));
  });
  const last = encodeURIComponent('title eq "last"');

  it.each([`filter=${last}`, `filter=${last}&sortBy=title`, 'sortBy=title'])(
    'by index is refused with 400 tooMany and an alternative: %s',
    async (query) => {
      const response = await larger.request('GET', `/Users?${query}`);
      expectScimError(response, 400, 'tooMany');
      expect((response.body as { detail: string }).detail).toMatch(/cursor|userName/);
    },
  );

  it('by cursor returns pages, which may be empty', async () => {
    const found: string[] = [];
    let cursor: string | undefined = '';
    let pages = 0;
    while (cursor !== undefined) {
      const page: ListBody = expectList(
        await larger.request('GET', `/Users?filter=${last}&count=2&cursor=${cursor}`),
      );
      expect(page).not.toHaveProperty('totalResults');
      found.push(...page.Resources.map(({ userName }) => userName as string));
      cursor = page.nextCursor;
      pages++;
    }
    expect(found).toEqual([USERS - 2, USERS - 1, USERS].map((at) => `user-${at}@example.com`));
    expect(pages).toBe(3);
  });
});
