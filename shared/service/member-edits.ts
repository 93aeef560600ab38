import type { MembershipEdit, MembershipStore } from '../store/membership';
import { isKeyText } from '../store/resource-store';
import type { MembershipGoal } from './membership-goal';

/**
 * What has to begin and to end so that a group's members are as the goal says. Reads the members that the goal names,
 * or all of them where it replaces them; of a `new` group, none.
 */
export async function memberEdits(
  memberships: MembershipStore,
  groupId: string,
  goal: MembershipGoal,
  group: 'new' | 'existing',
): Promise<MembershipEdit[]> {
  const { replaces, added, removed } = goal;
  const named = [...added.keys(), ...removed].filter(isKeyText);
  const members = group === 'new' ? new Set<string>() : await current(memberships, groupId, replaces, named);
  const leaving = replaces ? [...members].filter((userId) => !added.has(userId)) : [...removed];
  return [
    ...leaving
      .filter((userId) => members.has(userId))
      .map((userId): MembershipEdit => ({ kind: 'remove', groupId, userId })),
    ...named
      .filter((userId) => added.has(userId) && !members.has(userId))
      .map((userId): MembershipEdit => ({ kind: 'add', groupId, userId, display: added.get(userId) })),
  ];
}

async function current(
  memberships: MembershipStore,
  groupId: string,
  replaces: boolean,
  named: readonly string[],
): Promise<ReadonlySet<string>> {
  if (!replaces) return memberships.membersAmong(groupId, named);
  return new Set((await memberships.members(groupId)).map(({ userId }) => userId));
}
