import type { Attributes } from '../resource';
import { entitlementValues, roleValues } from '../roles/role-values';
import { explicitUserType, type Product } from '../schemas/product-user';
import { nameKeyOf } from '../text/name-key';
import type { MappedGroup, Mapping, MappingResult, MappingSource, OrganizationRole } from './mapping';
import { valuesAtPath } from './values-at-path';

/** The part of a user that mappings look at. */
export interface MappedUser {
  readonly attributes: Attributes;
  readonly groupIds: readonly string[];
}

/**
 * The kinds of values that mappings compare, by their folded keys. Each is computed when it is first used.
 */
type ValueKeys = (source: MappingSource) => ReadonlySet<string>;

/**
 * Returns what the mappings give a user.
 *
 * - User type: that of the client comes first, then that of the first matching mapping, then the default.
 * - Organizations accumulate.
 * - The first matching mapping to an administrator gives the role in the portal.
 * - The first matching mapping to an administrator or to no license decides whether the user has a license.
 *
 * `mappedGroups` are the groups that mappings name otherwise than by id. A mapping to a user type that the
 * product does not have has no effect.
 */
export function evaluateMappings(
  mappings: readonly Mapping[],
  user: MappedUser,
  mappedGroups: readonly MappedGroup[],
  product: Product,
): MappingResult {
  const keysOf = valueKeys(user, mappedGroups, product);
  const matching = mappings.filter(({ from }) => keysOf(from).has(keyOf(from)));
  const deciding = matching.find(({ to }) => to.kind === 'administrator' || to.kind === 'noLicense');
  const license = !deciding || (deciding.to.kind === 'administrator' && deciding.to.license);
  const administrator = administratorOf(matching, user, mappedGroups);
  return {
    ...userTypeOf(matching, user.attributes, product),
    organizations: organizationsOf(matching),
    ...(administrator && { administrator }),
    license,
    ...(deciding && !license && { noLicenseMapping: deciding.id }),
  };
}

/** Returns whether a mapping names a group. */
export const namesGroup = (from: MappingSource, { groupId, displayName, externalId }: MappedGroup): boolean =>
  from.kind === 'group' &&
  (from.by === 'id'
    ? from.value === groupId
    : from.by === 'displayName'
      ? nameKeyOf(from.value) === nameKeyOf(displayName)
      : from.value === externalId);

function userTypeOf(
  matching: readonly Mapping[],
  attributes: Attributes,
  product: Product,
): Pick<MappingResult, 'userType' | 'userTypeCause'> {
  const explicit = explicitUserType(product, attributes);
  if (explicit !== undefined) return { userType: explicit, userTypeCause: { kind: 'attribute' } };
  const { names, default: userType } = product.settings.userTypes;
  for (const { id, to } of matching)
    // The deployment may no longer have the type.
    if (to.kind === 'userType' && names.includes(to.userType))
      return { userType: to.userType, userTypeCause: { kind: 'mapping', mappingId: id } };
  return { userType, userTypeCause: { kind: 'default' } };
}

function organizationsOf(matching: readonly Mapping[]): OrganizationRole[] {
  const found = new Map<string, OrganizationRole>();
  for (const { id, to } of matching) {
    if (to.kind !== 'organization') continue;
    const { organization, role } = to;
    const key = JSON.stringify([nameKeyOf(organization), nameKeyOf(role)]);
    if (!found.has(key)) found.set(key, { organization, role, mappingId: id });
  }
  return [...found.values()];
}

function administratorOf(
  matching: readonly Mapping[],
  { groupIds }: MappedUser,
  mappedGroups: readonly MappedGroup[],
): MappingResult['administrator'] {
  for (const { id, from, to } of matching) {
    if (to.kind !== 'administrator') continue;
    const named = mappedGroups.find((group) => groupIds.includes(group.groupId) && namesGroup(from, group));
    const groupId = from.kind === 'group' && from.by === 'id' ? from.value : named?.groupId;
    const { role, license } = to;
    return { role, license, mappingId: id, ...(groupId !== undefined && { groupId }) };
  }
  return undefined;
}

/** Ids are compared exactly. */
const keyOf = (from: MappingSource): string =>
  from.kind === 'group' && from.by !== 'displayName' ? from.value : nameKeyOf(from.value);

/** Returns a function that finds the values with which a source is compared. */
function valueKeys(
  { attributes, groupIds }: MappedUser,
  mappedGroups: readonly MappedGroup[],
  product: Product,
): ValueKeys {
  const cache = new Map<string, ReadonlySet<string>>();
  const ids = new Set(groupIds);
  const groups = mappedGroups.filter(({ groupId }) => ids.has(groupId));
  const compute = (from: MappingSource): ReadonlySet<string> => {
    switch (from.kind) {
      case 'group':
        if (from.by === 'id') return ids;
        return from.by === 'displayName'
          ? keys(groups.map(({ displayName }) => displayName))
          : new Set(groups.flatMap(({ externalId }) => externalId ?? []));
      case 'role':
        return keys(roleValues(attributes));
      case 'entitlement':
        return keys(entitlementValues(attributes));
      case 'attribute':
        return keys(valuesAtPath(product, attributes, from.path));
    }
  };
  return (from) => {
    const name =
      from.kind === 'attribute'
        ? `path ${from.path}`
        : from.kind === 'group'
          ? `group ${from.by}`
          : from.kind;
    let found = cache.get(name);
    if (!found) cache.set(name, (found = compute(from)));
    return found;
  };
}

const keys = (values: readonly string[]): ReadonlySet<string> => new Set(values.map(nameKeyOf));
