import { parseFilter } from '../../../shared/scim/filter/parse';
import { WorkBudget } from '../../../shared/scim/work';
import { groupSource } from '../../../shared/service/groups/group-source';
import { MAX_LISTED_MEMBERS } from '../../../shared/service/groups/group-views';
import { Lister } from '../../../shared/service/listing/lister';
import type { Caller } from '../../../shared/service/resources/caller';
import type { Listing } from '../../../shared/service/resources/resource-service';
import { toResourceItem } from '../../../shared/store/resources/resource-record';
import { membershipKey } from '../../../shared/store/table/keys';
import type { Table } from '../../../shared/store/table/table';
import { createCaller } from '../../support/requests/caller';
import { putItems } from '../../support/seed/seed-items';
import { onlyVersion } from '../../support/service/secret-versions';
import { createTableLikeSystem } from '../../support/store/create-table';
import { groupRecord } from '../../support/store/records';

const SIZE = MAX_LISTED_MEMBERS + 1;
const domainId = createCaller().domainId;

let table: Table;
beforeAll(async () => {
  table = await createTableLikeSystem();
  await seedGroup('1-large', SIZE);
  await seedGroup('2-small', 2);
  await seedGroup('3-large', SIZE);
  await seedGroup('4-empty', 0);
});

/** Creates a group whose last member has the display name `Last of <id>`. */
async function seedGroup(id: string, size: number): Promise<void> {
  const members = Array.from({ length: size }, (_, at) => ({
    ...membershipKey(domainId, id, `${id}-${String(at).padStart(5, '0')}`),
    display: at === size - 1 ? `Last of ${id}` : 'Tour Guide',
  }));
  const group = { ...groupRecord(`Group ${id}`), id, memberCount: size };
  await putItems(table, [toResourceItem(domainId, 'GROUP', group), ...members]);
}

interface Query {
  readonly filter?: string;
  readonly sortBy?: string;
  readonly cursor?: string;
}

/** Lists groups without their members, unless the caller shows them. */
function list({ filter, sortBy, cursor }: Query, more: Partial<Caller> = {}): Promise<Listing> {
  const caller = createCaller({ domainId, shows: (name) => name !== 'members', ...more });
  return new Lister({
    table,
    caller,
    sources: [groupSource(table, caller)],
    now: () => new Date(),
    cursorSecret: () => Promise.resolve(onlyVersion('secret')),
  }).list({
    ...(filter !== undefined && { filter: parseFilter(filter) }),
    ...(sortBy !== undefined && { sort: { path: sortBy, descending: true } }),
    ...(cursor === undefined ? { startIndex: 1 } : { cursor }),
    count: 10,
  });
}

const idsOf = ({ resources }: Listing) => resources.map(({ id }) => id);

describe('a filter that compares the members of groups that are too large for a list', () => {
  it.each<[filter: string, ids: string[]]>([
    ['members.display eq "last of 3-large"', ['3-large']],
    ['members[display sw "last" and value ew "1"]', ['2-small']],
    ['members pr', ['1-large', '2-small', '3-large']],
    ['not (members pr)', ['4-empty']],
    ['members.display ne "Tour Guide" and not (members.display co "3-")', ['1-large', '2-small', '4-empty']],
  ])('%s finds %s', async (filter, ids) => {
    const listing = await list({ filter });
    expect(idsOf(listing)).toEqual(ids);
    expect(listing.totalResults).toBe(ids.length);
    expect(idsOf(await list({ filter, cursor: '' }))).toEqual(ids);
  });

  it('sorts them by their first member', async () => {
    expect(idsOf(await list({ sortBy: 'members' }))).toEqual(['4-empty', '3-large', '2-small', '1-large']);
    const filter = 'members.display co "large"';
    expect(idsOf(await list({ filter, sortBy: 'members.value' }))).toEqual(['3-large', '1-large']);
  });

  it('ends a page by cursor before a group for which too few comparisons are left', async () => {
    const filter = 'members.display sw "Last"';
    const found: string[] = [];
    let pages = 0;
    for (let cursor: string | undefined = ''; cursor !== undefined; pages++) {
      const page: Listing = await list({ filter, cursor }, { work: new WorkBudget(SIZE + 10) });
      found.push(...idsOf(page));
      cursor = page.nextCursor;
    }
    expect(found).toEqual(['1-large', '2-small', '3-large']);
    expect(pages).toBe(2);
  });

  it('is 400 tooMany if one group alone needs too many comparisons, or the others by startIndex', async () => {
    const filter = 'members.display sw "Last"';
    const tooMany = { status: 400, scimType: 'tooMany' };
    const tooFew = { work: new WorkBudget(SIZE - 10) };
    await expect(list({ filter, cursor: '' }, tooFew)).rejects.toMatchObject(tooMany);
    await expect(list({ filter }, { work: new WorkBudget(SIZE + 10) })).rejects.toMatchObject({
      ...tooMany,
      detail: expect.stringContaining(`its ${SIZE} members are too many for one request`) as string,
    });
  });

  it('is 400 tooMany if the response has to contain the members', async () => {
    await expect(list({ filter: 'members pr' }, { shows: () => true })).rejects.toMatchObject({
      status: 400,
      scimType: 'tooMany',
      detail: expect.stringContaining('excludedAttributes=members') as string,
    });
  });
});
