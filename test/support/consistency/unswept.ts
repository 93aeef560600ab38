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
 * Counts for each user the deleted groups from which a sweep removed it: groups that the user joined once
 * more than it left them, but no longer references. The events of concurrent requests are not in the order of
 * their commits, so only their numbers count.
 */
export function sweepsPerUser({ users, audit }: DomainData): ReadonlyMap<string, number> {
  const deleted = new Set(
    audit.filter(({ action }) => action === 'group.deleted').map(({ resourceId }) => resourceId),
  );
  const balances = new Map<string, Map<string, number>>();
  for (const event of audit) {
    for (const { groupId, userId, isMember } of membershipMoves(event)) {
      if (!deleted.has(groupId)) continue;
      const ofUser = balances.get(userId) ?? new Map<string, number>();
      balances.set(userId, ofUser);
      ofUser.set(groupId, (ofUser.get(groupId) ?? 0) + (isMember ? 1 : -1));
    }
  }
  return new Map(
    users.map(({ id, groupIds }) => [
      id,
      [...(balances.get(id) ?? [])].filter(([groupId, balance]) => balance > 0 && !groupIds.includes(groupId))
        .length,
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
