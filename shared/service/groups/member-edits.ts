import type { DesiredMembership } from '../../scim/patch/membership';
import type { Caller } from '../resources/caller';
import type { Member, MembershipEdit, MembershipStore } from '../../store/groups/membership';

/** Reads the current members that the request may change: all of them if it replaces the members. */
export const readAffectedMembers = (
  memberships: MembershipStore,
  groupId: string,
  { replaces, added, removed }: DesiredMembership,
): Promise<Member[]> =>
  replaces ? memberships.members(groupId) : memberships.membersAmong(groupId, [...added.keys(), ...removed]);

/**
 * Returns the edits that lead from the members `present` to the desired ones. Another `display` is a rename.
 */
export function memberEdits(
  groupId: string,
  { replaces, added, removed }: DesiredMembership,
  present: readonly Member[],
  { isSimulation }: Pick<Caller, 'isSimulation'>,
): MembershipEdit[] {
  const simulated = isSimulation && { isSimulated: true };
  const members = new Map(present.map((member) => [member.userId, member]));
  const leaves = ({ userId }: Member): boolean => (replaces ? !added.has(userId) : removed.has(userId));
  return [
    ...present.filter(leaves).map(({ userId }): MembershipEdit => ({ kind: 'remove', groupId, userId })),
    ...[...added].flatMap(([userId, display]): MembershipEdit[] => {
      const member = members.get(userId);
      if (!member) return [{ kind: 'add', groupId, userId, display, ...simulated }];
      const isRenamed = display !== undefined && display !== member.display;
      return isRenamed ? [{ kind: 'rename', groupId, userId, display, ...simulated }] : [];
    }),
  ];
}
