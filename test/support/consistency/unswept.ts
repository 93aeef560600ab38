import type { AuditEvent } from '../../../shared/store/audit/audit';
import type { DomainData, Memberships } from './domain-data';

/** What deleted groups have left behind, for the time until it is swept up. */
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

/** From how many deleted groups each user was swept: groups that it has never left, and yet names no more. */
export function sweepsPerUser({ users, audit }: DomainData): ReadonlyMap<string, number> {
  const deleted = new Set(
    audit.filter(({ action }) => action === 'group.deleted').map(({ resourceId }) => resourceId),
  );
  const belongs = new Map<string, Set<string>>();
  for (const event of audit) {
    for (const { groupId, userId, isMember } of membershipMoves(event)) {
      if (!deleted.has(groupId)) continue;
      const groupIds = belongs.get(userId) ?? new Set();
      belongs.set(userId, groupIds);
      if (isMember) groupIds.add(groupId);
      else groupIds.delete(groupId);
    }
  }
  return new Map(
    users.map(({ id, groupIds }) => [
      id,
      [...(belongs.get(id) ?? [])].filter((groupId) => !groupIds.includes(groupId)).length,
    ]),
  );
}

interface MembershipMove {
  readonly groupId: string;
  readonly userId: string;
  readonly isMember: boolean;
}

/** Who entered or left which group by a change, of the group or of the user. */
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
