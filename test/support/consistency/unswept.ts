import type { AuditEvent } from '../../../shared/store/audit/audit';
import type { DomainData, Memberships } from './domain-data';

/** What deleted groups have left behind, for the time until it is swept up. */
export function leftBehind({ memberships, users, groups }: Memberships): string[] {
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
export function sweepsOf({ users, audit }: DomainData): ReadonlyMap<string, number> {
  const deleted = new Set(
    audit.filter(({ action }) => action === 'group.deleted').map(({ resourceId }) => resourceId),
  );
  const belongs = new Map<string, Set<string>>();
  for (const event of audit) {
    for (const { groupId, userId, isIn } of movesIn(event)) {
      if (!deleted.has(groupId)) continue;
      const groupIds = belongs.get(userId) ?? new Set();
      belongs.set(userId, groupIds);
      if (isIn) groupIds.add(groupId);
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

interface Move {
  readonly groupId: string;
  readonly userId: string;
  readonly isIn: boolean;
}

/** Who entered or left which group by a change, of the group or of the user. */
function movesIn({ resourceId, changes = [] }: AuditEvent): Move[] {
  return changes.flatMap(({ attribute, before, after }) => {
    if (attribute !== 'members' && attribute !== 'groups') return [];
    const move = (isIn: boolean) => (other: string) =>
      attribute === 'members'
        ? { groupId: resourceId, userId: other, isIn }
        : { groupId: other, userId: resourceId, isIn };
    return [...((before ?? []) as string[]).map(move(false)), ...((after ?? []) as string[]).map(move(true))];
  });
}
