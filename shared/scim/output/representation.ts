import type { ResourceType } from '../resource-type';
import type { Attributes, Json, Resource } from '../resource';

/** One end of a membership as the other end shows it. */
export interface MemberReference {
  readonly value: string;
  readonly display?: string;
}

/** What a resource is made of. Timestamps are RFC 3339 in UTC; `baseUrl` ends in `/v2`, without a slash. */
export interface Representable {
  readonly id: string;
  readonly attributes: Attributes;
  readonly version: number;
  readonly created: string;
  readonly lastModified: string;
  readonly baseUrl: string;
  /** Of a user; left out where they are not loaded. */
  readonly groups?: readonly MemberReference[];
  /** Of a group; left out where they are not loaded. */
  readonly members?: readonly MemberReference[];
}

/** `meta.version` and the ETag of a version: weak, since the body depends on what the client asks for. */
export const etagOf = (version: number): string => `W/"${version}"`;

/** The resource as clients see it, before projection. A user always shows `active`, as a boolean. */
export function toResource(type: ResourceType, resource: Representable): Resource {
  const { id, attributes, version, created, lastModified, baseUrl, groups, members } = resource;
  const { externalId, ...others } = attributes;
  const extensions = type.extensions.filter((extension) => attributes[extension.id] !== undefined);
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

const reference =
  (collection: string, type: string) =>
  ({ value, display }: MemberReference): Json => ({
    value,
    $ref: `${collection}/${value}`,
    ...(display !== undefined && { display }),
    type,
  });
