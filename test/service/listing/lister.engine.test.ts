import { newId } from '../../../shared/id';
import { parseFilter } from '../../../shared/scim/filter/parse';
import { Lister } from '../../../shared/service/listing/lister';
import type { Caller } from '../../../shared/service/resources/caller';
import type { Listing } from '../../../shared/service/resources/resource-service';
import { userSource } from '../../../shared/service/users/user-source';
import { Users } from '../../../shared/service/users/users';
import { createCaller } from '../../support/requests/caller';
import { withoutLimits } from '../../support/seed/seed-items';
import { idsOf, ListingHarness, USER_ITEMS, USERS } from '../../support/service/listing-harness';
import { countingTable } from '../../support/store/counting-table';
import { USER_SETTINGS } from '../../support/store/records';
import { onlyVersion } from '../../support/service/secret-versions';

let harness: ListingHarness;

beforeAll(async () => {
  harness = await ListingHarness.open();
});

/**
 * Reads all pages as identity providers do: it continues after the received resources until it has the total.
 */
async function readAllPages(
  size: number,
  through = harness.table,
  caller = harness.caller,
): Promise<string[]> {
  const ids: string[] = [];
  for (;;) {
    const listing = await harness.listUsers({ startIndex: ids.length + 1, count: size }, through, caller);
    expect(listing).toMatchObject({ totalResults: USERS, startIndex: ids.length + 1 });
    expect(listing.resources.length).toBeGreaterThan(0);
    ids.push(...idsOf(listing));
    if (ids.length >= USERS) return ids;
  }
}

describe('a listing without a filter', () => {
  it.each([1, 7, 24, 25, 26])('returns each user once in pages of %i, and reads each once', async (size) => {
    const { table: counting, read } = countingTable(harness.table, USER_ITEMS);
    expect(await readAllPages(size, counting)).toEqual(harness.users.map(({ id }) => id));
    expect(read()).toBe(USERS);
  });

  it('finds a page that has no mark before it', async () => {
    const [fresh, ids] = [createCaller(), harness.users.map(({ id }) => id)];
    const emptyDomain = { ...harness.caller, domainId: fresh.domainId };
    expect(await harness.listUsers({ startIndex: 5 }, harness.table, emptyDomain)).toMatchObject({
      resources: [],
      totalResults: 0,
    });
    expect(idsOf(await harness.listUsers({ startIndex: 20, count: 3 }))).toEqual(ids.slice(19, 22));
    expect(idsOf(await harness.listUsers({ startIndex: 3, count: 2 }))).toEqual(ids.slice(2, 4));
    expect(idsOf(await harness.listUsers({ startIndex: USERS, count: 100 }))).toEqual(ids.slice(-1));
  });

  it('is empty past the end and for a count of 0, with the correct total', async () => {
    const { table: counting, read } = countingTable(harness.table, USER_ITEMS);
    for (const options of [
      { startIndex: USERS + 1 },
      { startIndex: Number.MAX_SAFE_INTEGER },
      { count: 0 },
    ]) {
      expect(await harness.listUsers(options, counting)).toMatchObject({
        resources: [],
        totalResults: USERS,
      });
    }
    expect(read()).toBe(0);
  });

  it('reads from the start after its marks have expired', async () => {
    await readAllPages(5);
    const { table: counting, read } = countingTable(harness.table, USER_ITEMS);
    const later = () => new Date(Date.now() + 601_000);
    const page = await harness.listUsers({ startIndex: 21, count: 5 }, counting, harness.caller, later);
    expect(idsOf(page)).toEqual(harness.users.slice(20).map(({ id }) => id));
    expect(read()).toBe(USERS);
  });
});

it('ends a page before it exceeds the size of a response', async () => {
  const other = createCaller();
  const longTexts = Array.from({ length: 22 }, (_, index) => `${index} ${'雪'.repeat(2_600)}`);
  const emails = [{ value: 'jane.doe@example.com', primary: true }];
  await Promise.all(
    Array.from({ length: 20 }, () =>
      new Users(withoutLimits(harness.table), USER_SETTINGS, other).create({
        userName: newId(),
        emails,
        photos: longTexts.map((display, index) => ({ value: `https://example.com/${index}`, display })),
      }),
    ),
  );
  const listing = await harness.listUsers({ filter: 'photos pr' }, harness.table, other);
  expect(listing.totalResults).toBe(20);
  expect(listing.resources.length).toBeLessThan(20);
  const bytes = Buffer.byteLength(JSON.stringify(listing.resources));
  expect(bytes).toBeLessThan(3_100_000);
  expect(bytes).toBeGreaterThan(2_700_000);
  const next = await harness.listUsers(
    { filter: 'photos pr', startIndex: listing.resources.length + 1 },
    harness.table,
    other,
  );
  expect(new Set([...idsOf(listing), ...idsOf(next)]).size).toBe(20);
});

describe('a listing by cursor', () => {
  const secret = () => Promise.resolve(onlyVersion('secret'));
  const lister = (of: Caller, now = () => new Date()) =>
    new Lister({
      table: harness.table,
      caller: of,
      sources: [userSource(harness.table, of)],
      now,
      cursorSecret: secret,
    });
  const filter = parseFilter('title eq "odd"');

  it('continues with the next page if time runs out', async () => {
    const late = lister({ ...harness.caller, deadline: Date.now() - 1 });
    const found: string[] = [];
    let cursor: string | undefined = '';
    let pages = 0;
    while (cursor !== undefined) {
      const page: Listing = await late.list({ filter, cursor, count: 100 });
      found.push(...idsOf(page));
      cursor = page.nextCursor;
      pages++;
    }
    expect(found).toEqual(harness.users.filter((_, index) => index % 2 === 1).map(({ id }) => id));
    expect(pages).toBe(USERS);
  });

  it('cannot continue after an hour', async () => {
    const { nextCursor = '' } = await lister(harness.caller).list({ cursor: '', count: 2 });
    const later = lister(harness.caller, () => new Date(Date.now() + 3_600_000));
    await expect(later.list({ cursor: nextCursor, count: 2 })).rejects.toMatchObject({
      status: 400,
      scimType: 'expiredCursor',
    });
  });

  it('is the only listing that reads the secret', async () => {
    const withoutSecret = new Lister({
      table: harness.table,
      caller: harness.caller,
      sources: [userSource(harness.table, harness.caller)],
      now: () => new Date(),
      cursorSecret: () => Promise.reject(new Error('There is none.')),
    });
    expect(await withoutSecret.list({ startIndex: 1, count: 2 })).toMatchObject({ totalResults: USERS });
  });
});
