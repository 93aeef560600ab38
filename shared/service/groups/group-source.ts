import { groupResourceType } from '../../scim/resource-type';
import { readCounts } from '../../store/domains/counts';
import { GroupRecords } from '../../store/groups/group-records';
import { MembershipStore } from '../../store/groups/membership';
import { ResourceStore } from '../../store/resources/resource-store';
import type { Table } from '../../store/table/table';
import { isLate, type Caller } from '../resources/caller';
import { GroupViews, MAX_LISTED_MEMBERS } from './group-views';
import { areDecisive, type ListSource } from '../listing/list-source';

/**
 * Returns the groups of a domain for listings. Reads memberships only if the filter or the response needs
 * them.
 */
export function groupSource(table: Table, caller: Caller, now: () => Date = () => new Date()): ListSource {
  const { domainId, baseUrl, shows, work } = caller;
  const limits = { isLate: () => isLate(caller, now), work };
  const groups = new GroupRecords(table, domainId);
  const users = new ResourceStore(table, domainId, 'USER');
  const memberships = new MembershipStore(table, domainId);
  const views = new GroupViews(memberships, baseUrl);
  return {
    type: groupResourceType,
    store: groups,
    membershipAttribute: 'members',
    read: async function* (records, needed) {
      if (areDecisive(needed)) yield* views.showWithDecisiveMembers(records, needed, limits);
      else if (needed.size === 0) yield* records.map((group) => views.show(group));
      else yield* views.showWithMembersAmong(records, [...needed]);
    },
    show: async function* (records) {
      if (shows('members')) yield* views.showAllWithMembers(records);
      else yield* records.map((group) => views.show(group));
    },
    isTooLarge: ({ memberCount }) => shows('members') && memberCount > MAX_LISTED_MEMBERS,
    total: async () => (await readCounts(table, domainId)).groups,
    idsByMembership: async (userId) => [...((await users.get(userId))?.groupIds ?? [])],
  };
}
