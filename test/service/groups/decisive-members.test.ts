import * as fc from 'fast-check';
import { decisiveTests } from '../../../shared/scim/filter/decisive-tests';
import { compileFilter } from '../../../shared/scim/filter/match';
import { parseFilter } from '../../../shared/scim/filter/parse';
import type { Filter } from '../../../shared/scim/filter/ast';
import type { Resource } from '../../../shared/scim/resource';
import { groupResourceType } from '../../../shared/scim/resource-type';
import { WorkBudget } from '../../../shared/scim/work';
import { GroupViews } from '../../../shared/service/groups/group-views';
import type { Member, MembershipStore } from '../../../shared/store/groups/membership';
import { groupFilter } from '../../scim/filter/arbitraries';
import { groupRecord } from '../../support/store/records';

const LARGE = 5_000;
const group = { ...groupRecord('Tour Guides'), id: 'group-1', memberCount: LARGE };

/** Returns views of a group with these members, and the number of pages that were read. */
function viewsOf(pages: readonly (readonly Member[])[]) {
  const reads = { pages: 0 };
  const memberships = {
    async *pages() {
      for (const page of pages) {
        reads.pages++;
        yield await Promise.resolve(page);
      }
    },
  };
  return {
    reads,
    views: new GroupViews(memberships as unknown as MembershipStore, 'https://example.com/v2'),
  };
}

async function decide(
  filter: Filter,
  pages: readonly (readonly Member[])[],
  { work = new WorkBudget(), isLate = () => false }: { work?: WorkBudget; isLate?: () => boolean } = {},
) {
  const { reads, views } = viewsOf(pages);
  const tests = decisiveTests(filter, groupResourceType, 'members', work);
  const shown: Resource[] = [];
  for await (const each of views.showWithDecisiveMembers([group], tests, { isLate, work })) shown.push(each);
  const [resource] = shown as [Resource];
  const isMatch = compileFilter(filter, groupResourceType)(resource);
  return { isMatch, members: resource.members as { value: string }[], pages: reads.pages };
}

/** Members as the filters of the tests compare them. */
const text = fc.constantFrom('a', 'A', 'b', 'group-1', 'Tour Guides', 'x');
const members = fc.uniqueArray(fc.record({ userId: text, display: fc.option(text, { nil: undefined }) }), {
  selector: ({ userId }) => userId,
  maxLength: 6,
});

describe('the members that decide a filter', () => {
  it('give the same result as all members', async () => {
    let matched = 0;
    await fc.assert(
      fc.asyncProperty(groupFilter, fc.array(members, { maxLength: 3 }), async (filter, pages) => {
        const all = viewsOf([]).views.show(group, pages.flat());
        const expected = compileFilter(filter, groupResourceType)(all);
        expect((await decide(filter, pages)).isMatch).toBe(expected);
        matched += Number(expected);
      }),
      { numRuns: 1_000 },
    );
    expect(matched).toBeGreaterThan(50);
  });

  const pages = [0, 1, 2].map((page) =>
    [0, 1, 2].map((at): Member => ({ userId: `${page}-${at}`, display: `User ${page}-${at}` })),
  );

  it.each<[filter: string, isMatch: boolean, members: string[], pagesRead: number]>([
    ['members pr', true, ['0-0'], 1],
    ['not (members pr)', false, ['0-0'], 1],
    ['members.type eq "User"', true, ['0-0'], 1],
    ['members.display eq "user 1-1"', true, ['0-0', '1-1'], 2],
    ['members.display ew "-2" and members.value sw "1"', true, ['0-0', '0-2', '1-0'], 2],
    ['members[display ew "-2" and value sw "1"]', true, ['0-0', '1-2'], 2],
    ['members.display eq "nobody" or displayName pr', true, ['0-0'], 3],
    ['not (members[display eq "User 2-2" and role eq "x"])', false, ['0-0', '2-2'], 3],
    ['not (members[display eq "nobody" and role eq "x"])', true, ['0-0'], 3],
  ])('are the first one, and one for each condition: %s', async (filter, isMatch, expected, pagesRead) => {
    const result = await decide(parseFilter(filter), pages);
    expect(result).toMatchObject({ isMatch, pages: pagesRead });
    expect(result.members.map(({ value }) => value)).toEqual(expected);
  });

  it('are not searched further when the comparisons or the time are used up', async () => {
    const filter = parseFilter('members.display eq "nobody"');
    for (const limits of [{ work: new WorkBudget(4) }, { isLate: () => true }])
      await expect(decide(filter, pages, limits)).rejects.toMatchObject({
        status: 400,
        scimType: 'tooMany',
        detail: expect.stringMatching(/group-1, and its 5000 members .*groups\.value eq "group-1"/) as string,
      });
    expect((await decide(filter, pages, { work: new WorkBudget(9) })).isMatch).toBe(false);
  });
});
