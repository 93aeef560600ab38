import { idInReference } from '../../scim/patch/member-values';
import {
  desiredMembership,
  NO_MEMBERSHIP_CHANGE,
  type DesiredMembership,
  type MemberValue,
} from '../../scim/patch/membership';
import { isAttributes, type Json } from '../../scim/resource';

/**
 * Returns the groups that the body of a POST names. The schema calls `groups` read-only, so they are not
 * attributes.
 */
export function desiredGroupsOfBody(body: Json | undefined): DesiredMembership {
  const [, groups] =
    Object.entries(isAttributes(body) ? body : {}).find(([name]) => /^groups$/i.test(name)) ?? [];
  if (!Array.isArray(groups)) return NO_MEMBERSHIP_CHANGE;
  const values = groups.flatMap((group): MemberValue[] => {
    const value = isAttributes(group) ? (group.value ?? idInReference('groups', group.$ref)) : group;
    return typeof value === 'string' ? [{ value }] : [];
  });
  return desiredMembership([{ kind: 'add', values }]);
}
