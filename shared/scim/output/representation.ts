import type { ResourceType } from '../resource-type';
import type { Schema } from '../attribute';
import { withoutEmailMark } from '../derived-email';
import { isAttributes, type Attributes, type Json, type Resource } from '../resource';

/** A member of a group, or a group of a user. */
export interface MemberReference {
  readonly value: string;
  readonly display?: string;
}

/** The parts of a resource. Timestamps are RFC 3339 in UTC; `baseUrl` ends in `/v2`, without a slash. */
export interface Representable {
  readonly id: string;
  readonly attributes: Attributes;
  readonly version: number;
  readonly created: string;
  readonly lastModified: string;
  readonly baseUrl: string;
  /** The groups of a user; omitted if they are not loaded. */
  readonly groups?: readonly MemberReference[];
  /** The members of a group; omitted if they are not loaded. */
  readonly members?: readonly MemberReference[];
}

/**
 * Returns the ETag of a version. It is weak, because the body depends on the attributes that the client
 * requests.
 */
export const etagOf = (version: number): string => `W/"${version}"`;

/** Builds the resource that clients see, before projection. A user always has `active`, as a boolean. */
export function toResource(type: ResourceType, resource: Representable): Resource {
  const { id, attributes, version, created, lastModified, baseUrl, groups, members } = resource;
  const { externalId, ...others } = withDefaults(type, withoutEmailMark(attributes));
  const extensions = type.extensions.filter((extension) => others[extension.id] !== undefined);
  return {
    schemas: [type.schema, ...extensions].map((schema) => schema.id),
    id,
    ...(externalId !== undefined && { externalId }),
    ...others,
    ...(type.name === 'User' && { active: attributes.active === true }),
    ...(groups && { groups: groups.map(reference(`${baseUrl}/Groups`, 'direct')) }),
    ...(members && { members: members.map(reference(`${baseUrl}/Users`, 'User')) }),
    meta: {
      resourceType: type.name,
      created,
      lastModified,
      location: `${baseUrl}${type.endpoint}/${id}`,
      version: etagOf(version),
    },
  };
}

/**
 * Returns the attributes with the default of each attribute of an extension that has one and no value, or a
 * value that is no longer allowed.
 */
export function withDefaults(type: ResourceType, attributes: Attributes): Attributes {
  let result = attributes;
  for (const extension of type.extensions) {
    const defaults = defaultsOf(extension, attributes[extension.id]);
    if (defaults) result = { ...result, [extension.id]: defaults };
  }
  return result;
}

function defaultsOf({ attributes }: Schema, value: Json | undefined): Attributes | undefined {
  let result: Attributes | undefined;
  for (const { name, defaultValue, canonicalValues = [] } of attributes) {
    if (defaultValue === undefined) continue;
    const parts = isAttributes(value) ? value : {};
    if (!canonicalValues.some((each) => each === parts[name]))
      result = { ...(result ?? parts), [name]: defaultValue };
  }
  return result;
}

const reference =
  (collection: string, type: string) =>
  ({ value, display }: MemberReference): Json => ({
    value,
    $ref: `${collection}/${value}`,
    ...(display !== undefined && { display }),
    type,
  });
