import { comparedValues } from '../scim/filter/compared-values';
import type { Filter } from '../scim/filter/ast';
import type { Resource } from '../scim/resource';
import { groupResourceType } from '../scim/resource-type';
import { readCounts } from '../store/counts';
import type { GroupStore } from '../store/group-store';
import type { MembershipStore } from '../store/membership';
import { PageMarks } from '../store/page-marks';
import type { ResourceRecord } from '../store/resource-record';
import { ResourceStore } from '../store/resource-store';
import type { Table } from '../store/table';
import type { Caller } from './caller';
import { MOST_LISTED_MEMBERS, type GroupViews } from './group-views';
import type { ListQuery } from './list-query';
import { Lister } from './lister';
import type { Listing } from './resource-service';

/** Lists groups; memberships are read only where the client wants to see them, or filters by them. */
export function listGroups(
  table: Table,
  store: GroupStore,
  memberships: MembershipStore,
  views: GroupViews,
  { domainId, shows, deadline }: Caller,
  now: () => Date,
  query: ListQuery,
): Promise<Listing> {
  return new Lister({
    store,
    marks: new PageMarks(table, domainId, 'GROUP'),
    type: groupResourceType,
    forMatching: (groups, filter) => withMembersOf(filter, groups, memberships, views),
    show: async function* (groups) {
      for (const [at, group] of groups.entries()) {
        // A group that is too large for a list ends the page before it, so that the others can be had.
        if (at > 0 && shows('members') && group.memberCount > MOST_LISTED_MEMBERS) return;
        yield shows('members') ? await views.showWithMembers(group) : views.show(group);
      }
    },
    idsByMembership: async (userId) => [
      ...((await new ResourceStore(table, domainId, 'USER').get(userId))?.groupIds ?? []),
    ],
    total: async () => (await readCounts(table, domainId)).groups,
    now: () => now().getTime(),
    deadline,
  }).list(query);
}

/** The groups with those of their members that the filter asks for. */
async function* withMembersOf(
  filter: Filter,
  groups: readonly ResourceRecord[],
  memberships: MembershipStore,
  views: GroupViews,
): AsyncGenerator<Resource> {
  const wanted = comparedValues(filter, groupResourceType, 'members');
  for (const group of groups) {
    if (wanted === 'more') yield views.showWithMembers(group);
    else if (wanted.size === 0) yield views.show(group);
    else yield views.show(group, await memberships.membersAmong(group.id, [...wanted]));
  }
}
