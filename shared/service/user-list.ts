import { comparedValues } from '../scim/filter/compared-values';
import type { Filter } from '../scim/filter/ast';
import { userResourceType } from '../scim/resource-type';
import { readCounts } from '../store/counts';
import type { MembershipStore } from '../store/membership';
import { PageMarks } from '../store/page-marks';
import type { ResourceStore } from '../store/resource-store';
import type { Table } from '../store/table';
import type { Caller } from './caller';
import type { ListQuery } from './list-query';
import { Lister } from './lister';
import type { Listing } from './resource-service';
import type { UserViews } from './user-views';

/** Lists users; the names of their groups are read once for a whole page, and only where they are asked for. */
export function listUsers(
  table: Table,
  store: ResourceStore,
  memberships: MembershipStore,
  views: UserViews,
  { domainId, shows, deadline }: Caller,
  now: () => Date,
  query: ListQuery,
): Promise<Listing> {
  return new Lister({
    store,
    marks: new PageMarks(table, domainId, 'USER'),
    type: userResourceType,
    forMatching: async function* (users, filter) {
      yield* asksForGroups(filter) ? await views.of(users) : views.withKnownNames(users);
    },
    show: async function* (users) {
      yield* shows('groups') ? await views.of(users) : views.withKnownNames(users);
    },
    idsByMembership: async (groupId, limit) =>
      (await memberships.members(groupId, limit)).map(({ userId }) => userId),
    total: async () => (await readCounts(table, domainId)).users,
    now: () => now().getTime(),
    deadline,
  }).list(query);
}

function asksForGroups(filter: Filter): boolean {
  const asked = comparedValues(filter, userResourceType, 'groups');
  return asked === 'more' || asked.size > 0;
}
