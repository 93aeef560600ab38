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
  { domainId, shows }: Caller,
  now: () => Date,
  query: ListQuery,
): Promise<Listing> {
  return new Lister({
    store,
    marks: new PageMarks(table, domainId, 'USER'),
    type: userResourceType,
    forMatching: (users) => views.of(users),
    show: async function* (users) {
      yield* shows('groups') ? await views.of(users) : views.withKnownNames(users);
    },
    idsByMembership: async (groupId, limit) =>
      (await memberships.members(groupId, limit)).map(({ userId }) => userId),
    total: async () => (await readCounts(table, domainId)).users,
    now: () => now().getTime(),
  }).list(query);
}
