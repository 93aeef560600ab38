import type { Member, MembershipEdit, MembershipStore } from '../store/membership';
import type { MembershipGoal } from './membership-goal';

/**
 * What has to begin and to end so that a group's members are as the goal says; a member that is sent with another `display`
 * is renamed. Reads the members that the goal names, or all of them where it replaces them; of a `new` group, none.
 */
export async function memberEdits(
  memberships: MembershipStore,
  groupId: string,
  goal: MembershipGoal,
  group: 'new' | 'existing',
): Promise<MembershipEdit[]> {
  const { replaces, added, removed } = goal;
  const present = group === 'new' ? [] : await current(memberships, groupId, goal);
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

const current = (
  memberships: MembershipStore,
  groupId: string,
  { replaces, added, removed }: MembershipGoal,
): Promise<Member[]> =>
  replaces ? memberships.members(groupId) : memberships.membersAmong(groupId, [...added.keys(), ...removed]);
