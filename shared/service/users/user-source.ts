import { readCounts } from '../../store/domains/counts';
import { GroupRecords } from '../../store/groups/group-records';
import { MembershipStore } from '../../store/groups/membership';
import { ResourceStore } from '../../store/resources/resource-store';
import { AddressIndex } from '../../store/resources/address-index';
import type { Table } from '../../store/table/table';
import type { Caller } from '../resources/caller';
import { areDecisive, type ListSource } from '../listing/list-source';
import { membersInIdOrder } from '../listing/ordered-scan';
import { UserViews } from './user-views';
import { userResourceType } from '../../product/product';

/**
 * Returns the users of a domain for listings. Reads the names of groups once per page, and only if the filter
 * or the response needs them.
 */
export function userSource(
  table: Table,
  { domainId, baseUrl, shows }: Caller,
  now: () => Date = () => new Date(),
): ListSource {
  const users = new ResourceStore(table, domainId, 'USER');
  const groups = new ResourceStore(table, domainId, 'GROUP');
  const memberships = new MembershipStore(table, domainId);
  const views = new UserViews(groups, baseUrl);
  return {
    type: userResourceType,
    store: users,
    membershipAttribute: 'groups',
    read: async function* (records, needed) {
      const readsGroups = areDecisive(needed) || needed.size > 0;
      yield* readsGroups ? await views.showAll(records) : views.withKnownNames(records);
    },
    show: async function* (records) {
      yield* shows('groups') ? await views.showAll(records) : views.withKnownNames(records);
    },
    isTooLarge: () => false,
    total: async () => (await readCounts(table, domainId)).users,
    idsByMembership: async (groupId, limit) =>
      (await memberships.members(groupId, limit)).map(({ userId }) => userId),
    addresses: new AddressIndex(table, domainId, now),
    scanMembers: (groupId) =>
      membersInIdOrder(users, new GroupRecords(table, domainId), memberships, groupId),
  };
}
