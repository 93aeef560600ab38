import { newId } from '../../../shared/id';
import {
  administratorKey,
  invitationKey,
  invitedKey,
  mappedAdministratorKey,
  mappedInvitedKey,
  mappedRoleKey,
  roleKey,
} from '../../../shared/store/table/administrator-keys';
import type { Corruption } from './corruption';

/** Corruptions of administrators and invitations. */
export const ADMINISTRATORS: readonly Corruption[] = [
  {
    name: 'the role of an administrator is lost',
    make: (h) => h.table.delete(roleKey('carol', h.domainId)),
    problems: ['role-missing'],
    repair: 'other',
  },
  {
    name: 'an administrator has more rights than the list says',
    make: (h) => h.table.update(mappedRoleKey('portal-bob', h.domainId, h.bob), { set: { role: 'owner' } }),
    problems: ['role-wrong'],
    repair: 'other',
  },
  {
    name: 'a role is not in the list',
    make: (h) => h.table.delete(administratorKey(h.domainId, 'carol')),
    problems: ['role-orphaned'],
    repair: 'other',
  },
  {
    name: 'a role of a mapping has no administrator',
    make: (h) => h.table.put({ ...mappedRoleKey('mallory', h.domainId, newId()), role: 'owner' }),
    problems: ['role-orphaned'],
    repair: 'other',
  },
  {
    name: 'an invitation is not found by its address',
    make: (h) => h.table.delete(invitedKey('dora@example.com', h.domainId)),
    problems: ['invited-missing'],
    repair: 'former',
  },
  {
    name: 'the lookup of an administrator from a mapping is lost',
    make: (h) => h.table.delete(mappedInvitedKey('bob@example.com', h.domainId, h.bob)),
    problems: ['invited-missing'],
    repair: 'other',
  },
  {
    name: 'an invitation is lost',
    make: (h) => h.table.delete(invitationKey(h.domainId, h.invitationId)),
    problems: ['invited-orphaned'],
    repair: 'other',
  },
  {
    name: 'an administrator from a mapping is lost',
    make: (h) => h.table.delete(mappedAdministratorKey(h.domainId, h.bob)),
    problems: ['invited-orphaned', 'role-orphaned'],
    repair: 'other',
  },
];
