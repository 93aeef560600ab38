import type { AuditEvent } from '../../../shared/store/audit/audit';
import type { DomainData, Memberships } from './domain-data';

/** Returns the references to deleted groups that a sweep still has to remove. */
export function findUnsweptReferences({ memberships, users, groups }: Memberships): string[] {
  const existing = new Set(groups.map(({ id }) => id));
  return [
    ...memberships
      .filter(({ groupId }) => !existing.has(groupId))
      .map(({ groupId, userId }) => `membership of ${userId} in ${groupId}`),
    ...users.flatMap(({ id, groupIds }) =>
      groupIds.filter((groupId) => !existing.has(groupId)).map((groupId) => `group ${groupId} of ${id}`),
    ),
  ];
}

/**
 * Counts for each user the deleted groups from which a sweep removed it: groups that the user never left, but no
 * longer references.
 */
export function sweepsPerUser({ users, audit }: DomainData): ReadonlyMap<string, number> {
  const deleted = new Set(
    audit.filter(({ action }) => action === 'group.deleted').map(({ resourceId }) => resourceId),
  );
  const groupsByUser = new Map<string, Set<string>>();
  for (const event of audit) {
    for (const { groupId, userId, isMember } of membershipMoves(event)) {
      if (!deleted.has(groupId)) continue;
      const groupIds = groupsByUser.get(userId) ?? new Set();
      groupsByUser.set(userId, groupIds);
      if (isMember) groupIds.add(groupId);
      else groupIds.delete(groupId);
    }
  }
  return new Map(
    users.map(({ id, groupIds }) => [
      id,
      [...(groupsByUser.get(id) ?? [])].filter((groupId) => !groupIds.includes(groupId)).length,
    ]),
  );
}

interface MembershipMove {
  readonly groupId: string;
  readonly userId: string;
  readonly isMember: boolean;
}

/** Returns the memberships that a change of a group or of a user added or removed. */
function membershipMoves({ resourceId, changes = [] }: AuditEvent): MembershipMove[] {
  return changes.flatMap(({ attribute, before, after }) => {
    if (attribute !== 'members' && attribute !== 'groups') return [];
    const move = (isMember: boolean) => (other: string) =>
      attribute === 'members'
        ? { groupId: resourceId, userId: other, isMember }
        : { groupId: other, userId: resourceId, isMember };
    return [...((before ?? []) as string[]).map(move(false)), ...((after ?? []) as string[]).map(move(true))];
  });
}
