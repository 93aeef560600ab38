import { GROUP_SCHEMA, USER_SCHEMA } from '../../shared/scim/urns';
import type { Group, User } from './attributes';
import type { Membership } from './memberships';
import type { Resource } from './resources';
import type { HiddenAttributes } from './operations';
import { PRODUCT_USER_SCHEMA } from '../support/scim/product';

/** A resource as clients see it, with the model's IDs and without timestamps. */
export type Representation = Record<string, unknown> & { readonly id: string };

/** Returns the representation of a user. `groups` contains no deleted groups. */
export function representUser(
  user: Resource<User>,
  groups: readonly Resource<Group>[],
  hide?: HiddenAttributes,
): Representation {
  const { id, attributes } = user;
  const { emails, isDerived: _, ...others } = attributes;
  const schemas = [USER_SCHEMA, PRODUCT_USER_SCHEMA];
  if (hide === 'allButName') return { schemas, id, userName: attributes.userName };
  return {
    ...others,
    ...(emails.length > 0 && { emails }),
    schemas,
    id,
    active: attributes.active === true,
    [PRODUCT_USER_SCHEMA]: { nrUserType: 'Basic User' },
    ...(hide !== 'memberships' && {
      groups: groups.map((group) => reference(`/Groups/${group.id}`, 'direct', group.attributes.displayName)),
    }),
    meta: metaFor('User', user),
  };
}

/** Returns the representation of a group. */
export function representGroup(
  group: Resource<Group>,
  members: readonly Membership[],
  hide?: HiddenAttributes,
): Representation {
  const { id, attributes } = group;
  const schemas = [GROUP_SCHEMA];
  if (hide === 'allButName') return { schemas, id, displayName: attributes.displayName };
  return {
    ...attributes,
    schemas,
    id,
    ...(hide !== 'memberships' && {
      members: members.map(({ user, display }) => reference(`/Users/${user}`, 'User', display)),
    }),
    meta: metaFor('Group', group),
  };
}

const reference = ($ref: string, type: string, display?: string): object => ({
  value: $ref.slice($ref.lastIndexOf('/') + 1),
  $ref,
  type,
  ...(display !== undefined && { display }),
});

const metaFor = (resourceType: string, { id, version }: Resource<unknown>): object => ({
  resourceType,
  location: `/${resourceType}s/${id}`,
  version: `W/"${version}"`,
});
