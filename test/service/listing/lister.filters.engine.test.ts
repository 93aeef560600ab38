import { Groups } from '../../../shared/service/groups/groups';
import type { Listing } from '../../../shared/service/resources/resource-service';
import { idsOf, ListingHarness } from '../../support/service/listing-harness';
import { countingTable } from '../../support/store/counting-table';
import { RETENTION_DAYS } from '../../support/store/records';

let harness: ListingHarness;

beforeAll(async () => {
  harness = await ListingHarness.open();
});

const namesOf = ({ resources }: Listing) => resources.map(({ displayName }) => displayName as string);

describe('a filter', () => {
  const id = (index: number) => harness.users[index]?.id ?? '';

  it.each<[string, () => string, number[]]>([
    ['by name, ignoring case', () => 'userName eq "USER-03@example.com"', [3]],
    ['by an unknown name', () => 'userName eq "nobody"', []],
    ['by id', () => `id eq "${id(4)}"`, [4]],
    ['by id and another attribute', () => `id eq "${id(4)}" and title eq "odd"`, []],
    ['by externalId', () => 'externalId eq "external-1"', [1, 6, 11, 16, 21]],
    ['by the start of a name', () => 'userName sw "user-1"', [10, 11, 12, 13, 14, 15, 16, 17, 18, 19]],
    ['by a range of names', () => 'userName ge "user-03" and userName lt "user-05"', [3, 4]],
    ['by either of two lookups', () => `id eq "${id(7)}" or externalId eq "external-2"`, [2, 7, 12, 17, 22]],
    ['by group', () => `groups.value eq "${harness.groups[0]?.id ?? ''}"`, [0, 1, 2]],
    ['by group and attribute', () => `groups eq "${harness.groups[0]?.id ?? ''}" and title eq "odd"`, [1]],
    ['by the name of a group', () => 'groups.display eq "Marketing"', [2, 3]],
    ['by an unknown group', () => 'groups.value eq "nobody"', []],
    [
      'by a filter that needs a scan',
      () => 'title eq "even" and not (userName sw "user-0")',
      [10, 12, 14, 16, 18, 20, 22, 24],
    ],
    ['by an unknown attribute', () => 'colour eq "red"', []],
    ['by the longest id', () => `id eq "${'x'.repeat(1024)}"`, []],
    ['by an id that no key can hold', () => `id eq "${'x'.repeat(1025)}"`, []],
    ['by a lone surrogate', () => 'userName eq "\\ud800"', []],
  ])('finds users %s', async (_, filter, expected) => {
    const listing = await harness.listUsers({ filter: filter() });
    expect(listing.totalResults).toBe(expected.length);
    expect(idsOf(listing)).toEqual(expected.map(id));
  });

  it('is applied before paging', async () => {
    const listing = await harness.listUsers({ filter: 'title eq "even"', startIndex: 4, count: 3 });
    expect(listing).toMatchObject({ totalResults: 13, startIndex: 4 });
    expect(idsOf(listing)).toEqual([6, 8, 10].map(id));
    expect(await harness.listUsers({ filter: 'title eq "even"', count: 0 })).toMatchObject({
      totalResults: 13,
      resources: [],
    });
  });

  it.each<[string, () => string, string[]]>([
    ['by name', () => 'displayName eq "sales"', ['Sales']],
    ['by member', () => `members eq "${id(2)}"`, ['Sales', 'Marketing']],
    ['by id and member', () => `id eq "${harness.groups[1]?.id ?? ''}" and members eq "${id(0)}"`, []],
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
    expect(namesOf(await harness.listGroups({ filter: filter() }))).toEqual(expected);
  });

  it('returns a group with all its members, not only the ones of the filter', async () => {
    const [sales] = (await harness.listGroups({ filter: `members eq "${id(2)}"` })).resources;
    expect(sales?.members).toHaveLength(3);
    const [withoutMembers] = (
      await harness.listGroups({ filter: `members eq "${id(2)}"` }, { ...harness.caller, shows: () => false })
    ).resources;
    expect(withoutMembers).not.toHaveProperty('members');
  });

  it('that cannot be evaluated in time is 400 tooMany', async () => {
    const late = { ...harness.caller, deadline: Date.now() - 1 };
    await expect(harness.listUsers({ filter: 'title pr' }, harness.table, late)).rejects.toMatchObject({
      status: 400,
      scimType: 'tooMany',
    });
  });

  it('with a value of the wrong type is 400 invalidFilter, even if it matches nothing', async () => {
    await expect(harness.listUsers({ filter: 'userName eq 1 and colour eq "red"' })).rejects.toMatchObject({
      scimType: 'invalidFilter',
    });
  });
});

describe('the members of a group', () => {
  const filterOfSales = () => `groups.value eq "${harness.groups[0]?.id ?? ''}"`;

  it('are listed by reading only its memberships', async () => {
    const { table: counting, read } = countingTable(harness.table, /#(USER|GROUP#.*)$/);
    const page = await harness.listUsers({ filter: filterOfSales(), startIndex: 2, count: 1 }, counting);
    expect(page).toMatchObject({ totalResults: 3, startIndex: 2 });
    expect(idsOf(page)).toEqual(harness.users.slice(1, 2).map(({ id }) => id));
    expect(read()).toBe(2);
  });

  it('are none after the deletion of the group, even before the sweep', async () => {
    const groups = new Groups(harness.table, RETENTION_DAYS, harness.caller);
    const members = harness.users.slice(0, 2).map(({ id }) => ({ value: id }));
    const { id } = await groups.create({ displayName: 'Short-lived', members });
    const filter = `groups.value eq "${id}"`;
    expect(await harness.listUsers({ filter })).toMatchObject({ totalResults: 2 });
    await groups.delete(id);
    expect(await harness.listUsers({ filter })).toMatchObject({ totalResults: 0, resources: [] });
    expect(await harness.listUsers({ filter: `${filter} and title pr` })).toMatchObject({ totalResults: 0 });
  });
});
