import { accountCheckKey, administratorKey, profileKey, roleKey } from '../table/administrator-keys';
import type { Condition } from '../table/expressions';
import { VersionConflict } from '../table/operations/transaction';
import { ITEM_EXISTS, ITEM_IS_ABSENT, type Write } from '../table/write';
import type { Administrator, AdministratorRole } from './administrator';

/*
 * The writes of a change of roles. Each role is two items: one that the authorizer reads, and one in the list
 * of its scope. If a condition fails, the roles have changed since they were read.
 */

const conditionError = (): Error => new VersionConflict();

const hasRole = (role: AdministratorRole): Condition => ({
  expression: '#role = :formerRole',
  values: { formerRole: role },
});

/** Gives a role to a portal user who has the role `former` in this scope, or none. */
export function grantWrites(
  scope: string,
  { administratorId, ...administrator }: Administrator,
  former?: AdministratorRole,
): Write[] {
  return [
    {
      put: { ...roleKey(administratorId, scope), role: administrator.role },
      condition: former === undefined ? ITEM_IS_ABSENT : hasRole(former),
      conditionError,
    },
    { put: { ...administratorKey(scope, administratorId), ...administrator } },
  ];
}

/** Changes the role of an administrator. */
export const roleChangeWrites = (
  scope: string,
  { administratorId, role: former }: Pick<Administrator, 'administratorId' | 'role'>,
  role: AdministratorRole,
): Write[] => [
  { update: roleKey(administratorId, scope), set: { role }, condition: hasRole(former), conditionError },
  { update: administratorKey(scope, administratorId), set: { role }, condition: ITEM_EXISTS, conditionError },
  { update: profileKey(administratorId), add: { changes: 1 } },
];

/** Removes an administrator from a scope. */
export const removalWrites = (
  scope: string,
  { administratorId, role }: Pick<Administrator, 'administratorId' | 'role'>,
): Write[] => [
  { delete: roleKey(administratorId, scope), condition: hasRole(role), conditionError },
  { delete: administratorKey(scope, administratorId) },
  { update: profileKey(administratorId), add: { changes: 1 } },
];

/** Fails unless the portal user is an owner of the domain. */
export const ownerCheck = (domainId: string, administratorId: string): Write => ({
  check: administratorKey(domainId, administratorId),
  condition: hasRole('owner'),
  conditionError,
});

/**
 * Makes a check of an account due: it is deleted if nothing needs it. `dueAt` is in milliseconds since the
 * epoch.
 */
export const accountCheckWrite = (callerId: string, email: string, dueAt: number): Write => ({
  put: { ...accountCheckKey(callerId), email, dueAt },
});
