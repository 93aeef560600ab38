import type { MemberValue } from '../../scim/patch/membership';
import { isAttributes, type Json } from '../../scim/resource';
import type { MembershipEdit } from '../../store/groups/membership';
import type { ResourceRecord } from '../../store/resources/resource-record';
import {
  desiredMembership,
  NO_MEMBERSHIP_CHANGE,
  type DesiredMembership,
} from '../resources/desired-membership';

/** What has to begin and to end so that a user's groups are as the goal says. */
export function groupEdits(
  user: ResourceRecord,
  { replaces, added, removed }: DesiredMembership,
): MembershipEdit[] {
  const current = new Set(user.groupIds);
  const edit = (kind: MembershipEdit['kind'], groupId: string): MembershipEdit => ({
    kind,
    groupId,
    userId: user.id,
    ...(kind === 'add' && { display: user.attributes.userName as string }),
  });
  return [
    ...user.groupIds
      .filter((groupId) => (replaces ? !added.has(groupId) : removed.has(groupId)))
      .map((groupId) => edit('remove', groupId)),
    ...[...added.keys()].filter((groupId) => !current.has(groupId)).map((groupId) => edit('add', groupId)),
  ];
}

/** The groups that a POST of a user names; the schema calls `groups` read-only, so they are not among its attributes. */
export function desiredGroupsOfBody(body: Json | undefined): DesiredMembership {
  const [, groups] =
    Object.entries(isAttributes(body) ? body : {}).find(([name]) => /^groups$/i.test(name)) ?? [];
  if (!Array.isArray(groups)) return NO_MEMBERSHIP_CHANGE;
  const values = groups.flatMap((group): MemberValue[] => {
    const value = isAttributes(group) ? group.value : group;
    return typeof value === 'string' ? [{ value }] : [];
  });
  return desiredMembership([{ kind: 'add', values }]);
}
