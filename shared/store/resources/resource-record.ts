import type { Attributes } from '../../scim/resource';
import { nameKeyOf, resourceKey, type ItemKey, type ResourceKind } from '../table/keys';

/** A stored user or group, without what other items hold (a group's members). */
export interface ResourceRecord {
  readonly id: string;
  /** Everything the client may write, spelled as the schema spells it. */
  readonly attributes: Attributes;
  /** Counts from 1. */
  readonly version: number;
  /** RFC 3339, UTC. */
  readonly created: string;
  readonly lastModified: string;
  /** Ids of the groups that a user belongs to; empty for a group. */
  readonly groupIds: readonly string[];
  /** How many members a group has; 0 for a user. */
  readonly memberCount: number;
}

/** The attribute that names a resource of each kind, unique in its domain. */
export const NAME_ATTRIBUTE: Readonly<Record<ResourceKind, string>> = {
  USER: 'userName',
  GROUP: 'displayName',
};

export const nameOf = (kind: ResourceKind, attributes: Attributes): string =>
  attributes[NAME_ATTRIBUTE[kind]] as string;

/** What the table holds for a record: `externalId` and the name are attributes of the item because indexes are on them. */
export interface ResourceItem extends ItemKey {
  readonly nameKey: string;
  readonly externalId?: string;
  readonly data: Attributes;
  readonly version: number;
  readonly created: string;
  readonly lastModified: string;
  readonly groupIds?: Set<string>;
  readonly memberCount?: number;
}

export function toItem(domainId: string, kind: ResourceKind, record: ResourceRecord): ResourceItem {
  const { externalId, ...data } = record.attributes;
  return {
    ...resourceKey(domainId, kind, record.id),
    nameKey: nameKeyOf(nameOf(kind, record.attributes)),
    ...(typeof externalId === 'string' && { externalId }),
    data,
    version: record.version,
    created: record.created,
    lastModified: record.lastModified,
    ...(record.groupIds.length > 0 && { groupIds: new Set(record.groupIds) }),
    ...(kind === 'GROUP' && { memberCount: record.memberCount }),
  };
}

export function fromItem(item: Record<string, unknown>): ResourceRecord {
  const { sk, externalId, data, version, created, lastModified, groupIds, memberCount } =
    item as unknown as ResourceItem;
  return {
    id: sk,
    attributes: { ...data, ...(externalId !== undefined && { externalId }) },
    version,
    created,
    lastModified,
    groupIds: groupIds ? [...groupIds] : [],
    memberCount: memberCount ?? 0,
  };
}
