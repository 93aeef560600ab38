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
import type { GroupViews } from './group-views';
import type { ListQuery } from './list-query';
import { Lister } from './lister';
import type { Listing } from './resource-service';

/** Lists groups; memberships are read only where the client wants to see them, or filters by them. */
export function listGroups(
  table: Table,
  store: GroupStore,
  memberships: MembershipStore,
  views: GroupViews,
  { domainId, shows }: Caller,
  now: () => Date,
  query: ListQuery,
): Promise<Listing> {
  return new Lister({
    store,
    marks: new PageMarks(table, domainId, 'GROUP'),
    type: groupResourceType,
    forMatching: (groups, filter) =>
      Promise.all(groups.map((group) => withMembersOf(filter, group, memberships, views))),
    show: async function* (groups) {
      for (const group of groups)
        yield shows('members') ? await views.showWithMembers(group) : views.show(group);
    },
    idsByMembership: async (userId) => [
      ...((await new ResourceStore(table, domainId, 'USER').get(userId))?.groupIds ?? []),
    ],
    total: async () => (await readCounts(table, domainId)).groups,
    now: () => now().getTime(),
  }).list(query);
}

/** The group with those of its members that the filter asks for. */
async function withMembersOf(
  filter: Filter,
  group: ResourceRecord,
  memberships: MembershipStore,
  views: GroupViews,
): Promise<Resource> {
  const wanted = comparedValues(filter, groupResourceType, 'members');
  if (wanted === 'more') return views.showWithMembers(group);
  if (wanted.size === 0) return views.show(group);
  const members = await memberships.membersAmong(group.id, [...wanted]);
  return views.show(
    group,
    [...members].map((userId) => ({ userId })),
  );
}
