import type { Member, MembershipEdit, MembershipStore } from '../../store/groups/membership';
import type { DesiredMembership } from '../resources/desired-membership';

/** The members that the goal names, or all of them where it replaces them. */
export const readAffectedMembers = (
  memberships: MembershipStore,
  groupId: string,
  { replaces, added, removed }: DesiredMembership,
): Promise<Member[]> =>
  replaces ? memberships.members(groupId) : memberships.membersAmong(groupId, [...added.keys(), ...removed]);

/**
 * What has to begin and to end so that a group with the members `present` has those of the goal; a member that is sent with
 * another `display` is renamed.
 */
export function memberEdits(
  groupId: string,
  { replaces, added, removed }: DesiredMembership,
  present: readonly Member[],
): MembershipEdit[] {
  const members = new Map(present.map((member) => [member.userId, member]));
  const leaves = ({ userId }: Member): boolean => (replaces ? !added.has(userId) : removed.has(userId));
  return [
    ...present.filter(leaves).map(({ userId }): MembershipEdit => ({ kind: 'remove', groupId, userId })),
    ...[...added].flatMap(([userId, display]): MembershipEdit[] => {
      const member = members.get(userId);
      if (!member) return [{ kind: 'add', groupId, userId, display }];
      const isRenamed = display !== undefined && display !== member.display;
      return isRenamed ? [{ kind: 'rename', groupId, userId, display }] : [];
    }),
  ];
}
