import { newId } from '../../../shared/id';
import { addressItemKeys } from '../../../shared/store/resources/address-items';
import { readResourceItem } from '../../../shared/store/resources/resource-record';
import { addressIndexKey, addressKey } from '../../../shared/store/table/address-keys';
import { claimKey, groupHeadKey, membershipKey, resourceKey } from '../../../shared/store/table/keys';
import { managedUserKey } from '../../../shared/store/users/managed-users';
import type { Corruption } from './corruption';
import { type ItemsHarness } from './items-harness';

const nameKeyOf = async ({ table, domainId }: ItemsHarness, kind: 'USER' | 'GROUP', id: string) =>
  String((await table.get(resourceKey(domainId, kind, id)))?.nameKey);

/** Corruptions of users, groups, and what belongs to them. */
export const RESOURCES: readonly Corruption[] = [
  {
    name: 'the claim of a user is lost',
    make: async (h) => h.table.delete(claimKey(h.domainId, 'USER', await nameKeyOf(h, 'USER', h.ada))),
    problems: ['name-unclaimed'],
    repair: 'former',
  },
  {
    name: 'the claim of a group is lost',
    make: (h) => h.table.delete(claimKey(h.domainId, 'GROUP', 'team')),
    problems: ['name-unclaimed'],
    repair: 'former',
  },
  {
    name: 'the claim of a user belongs to another one',
    make: async (h) =>
      h.table.put({ ...claimKey(h.domainId, 'USER', await nameKeyOf(h, 'USER', h.ada)), ownerId: h.bob }),
    problems: ['claim-orphaned', 'name-claimed-by-another'],
    repair: 'other',
  },
  {
    name: 'a claim has no user',
    make: (h) => h.table.put({ ...claimKey(h.domainId, 'USER', 'ghost@example.com'), ownerId: newId() }),
    problems: ['claim-orphaned'],
    repair: 'former',
  },
  {
    name: 'a claim names a group that has another name',
    make: (h) => h.table.put({ ...claimKey(h.domainId, 'GROUP', 'former'), ownerId: h.team }),
    problems: ['claim-orphaned'],
    repair: 'former',
  },
  {
    name: 'the folded key of a group is that of another name',
    make: (h) => h.table.update(resourceKey(h.domainId, 'GROUP', h.team), { set: { nameKey: 'other' } }),
    problems: ['name-key-wrong'],
    repair: 'manual',
  },
  {
    name: "the group's side of a membership is lost",
    make: (h) => h.table.delete(membershipKey(h.domainId, h.team, h.ada)),
    problems: ['membership-missing'],
    repair: 'other',
  },
  {
    name: "the user's side of a membership is lost",
    make: (h) =>
      h.table.update(resourceKey(h.domainId, 'USER', h.ada), {
        deleteElements: { groupIds: new Set([h.team]) },
      }),
    problems: ['membership-one-sided'],
    repair: 'other',
  },
  {
    name: 'a membership has no user, or one of another domain',
    make: (h) => h.table.put({ ...membershipKey(h.domainId, h.team, newId()) }),
    problems: ['membership-orphaned'],
    repair: 'other',
  },
  {
    name: 'a membership has no group',
    make: (h) => h.table.put({ ...membershipKey(h.domainId, newId(), h.ada) }),
    problems: ['membership-orphaned'],
    repair: 'former',
  },
  {
    name: 'a user is in a group that does not exist',
    make: (h) =>
      h.table.update(resourceKey(h.domainId, 'USER', h.ada), { add: { groupIds: new Set([newId()]) } }),
    problems: ['group-missing'],
    repair: 'other',
  },
  {
    name: 'a head of a group is lost',
    make: (h) => h.table.delete(groupHeadKey(h.domainId, h.team, 7)),
    problems: ['heads-missing'],
    repair: 'other',
  },
  {
    name: 'a head has no group',
    make: (h) => h.table.put({ ...groupHeadKey(h.domainId, newId(), 0), version: 1, memberCount: 0 }),
    problems: ['head-orphaned'],
    repair: 'former',
  },
  {
    name: 'the item of an address is lost',
    make: async (h) => {
      const user = await h.table.get(resourceKey(h.domainId, 'USER', h.ada));
      for (const key of addressItemKeys(h.domainId, readResourceItem(user ?? {}))) await h.table.delete(key);
    },
    problems: ['address-missing'],
    repair: 'former',
  },
  {
    name: 'an address finds a user who does not have it',
    make: (h) => h.table.put({ ...addressKey(h.domainId, 'other@example.com', h.ada) }),
    problems: ['address-stale'],
    repair: 'former',
  },
  {
    name: 'an address finds a user who does not exist',
    make: (h) => h.table.put({ ...addressIndexKey(h.domainId, newId()) }),
    problems: ['address-stale'],
    repair: 'former',
  },
  {
    name: 'a user whom administrators manage is not listed',
    make: (h) =>
      h.table.update(resourceKey(h.domainId, 'USER', h.ada), { set: { managedBy: 'administrator' } }),
    problems: ['managed-user-missing'],
    repair: 'other',
  },
  {
    name: 'a user of a connection is listed as one whom administrators manage',
    make: (h) => h.table.put({ ...managedUserKey(h.domainId, h.ada) }),
    problems: ['managed-user-stale'],
    repair: 'former',
  },
  {
    name: 'a user who does not exist is listed as one whom administrators manage',
    make: (h) => h.table.put({ ...managedUserKey(h.domainId, newId()) }),
    problems: ['managed-user-stale'],
    repair: 'former',
  },
  {
    name: 'an attribute of a user is lost',
    make: (h) => h.table.update(resourceKey(h.domainId, 'USER', h.ada), { remove: ['data'] }),
    problems: ['item-malformed'],
    repair: 'manual',
  },
];
