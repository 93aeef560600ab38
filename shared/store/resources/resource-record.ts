import type { Attributes } from '../../scim/resource';
import { legacyNameKeyOf, nameKeyOf } from '../../scim/text/name-key';
import { resourceKey, type ItemKey, type ResourceKind } from '../table/keys';
import {
  attributes,
  number,
  optionalMap,
  optionalNumber,
  optionalText,
  text,
  textSet,
  type Item,
} from '../table/read-item';
import { fromStoredAttributes } from './stored-user-type';

/**
 * The mark of a creation that takes several transactions. It exists until the last one, so that the same
 * request can continue a creation that was cut off.
 */
export interface Creation {
  /** Identifies the request. */
  readonly hash: string;
  /** The time after which the request cannot be continued; RFC 3339, UTC. */
  readonly until: string;
}

/** A part of the counts of a spread group. A change of members writes one head. */
export interface GroupHead {
  readonly version: number;
  /** The number of members that joined by changes of this head, minus those that left; may be negative. */
  readonly memberCount: number;
  /** RFC 3339, UTC. Absent if the head has not changed. */
  readonly lastModified?: string;
}

/** A stored user or group, without the data of other items, such as a group's members. */
export interface ResourceRecord {
  readonly id: string;
  /** The attributes that clients can write, spelled as in the schema. */
  readonly attributes: Attributes;
  /** Starts at 1. */
  readonly version: number;
  /** RFC 3339, UTC. */
  readonly created: string;
  readonly lastModified: string;
  /** The ids of the groups of a user; empty for a group. */
  readonly groupIds: readonly string[];
  /** The number of members of a group; 0 for a user. */
  readonly memberCount: number;
  /**
   * The number of heads of a spread group. Their values add to `version` and `memberCount`. Absent in other
   * resources.
   */
  readonly headCount?: number;
  /** The heads of a spread group, if they were read. */
  readonly heads?: readonly GroupHead[];
  /**
   * Present in a spread group whose `version` and `memberCount` include those of its heads. They were read
   * one after the other, so together they may show a state that the group never had.
   */
  readonly includesHeads?: true;
  /** Identifies the request that is replacing the members of a group, or that was cut off while it did. */
  readonly replacement?: string;
  /**
   * The key of the resource's name claim, as the item holds it. Absent in a resource that is not stored yet.
   */
  readonly nameKey?: string;
  /** Present while the creation is incomplete. */
  readonly creation?: Creation;
  /**
   * The connections whose clients have changed the resource; for a group, apart from its members. Absent if
   * only an earlier version or administrators did.
   */
  readonly sources?: readonly string[];
  /** Present if administrators manage the user manually. Otherwise, the clients of connections do. */
  readonly managedBy?: Manager;
}

/** The managers of a user that are stored. */
export type Manager = 'administrator';

/**
 * Returns the sources of a resource after a change by the client of a connection; by nobody else if it is
 * undefined.
 */
export const withSource = (sources: readonly string[] = [], connectionId?: string): readonly string[] =>
  connectionId === undefined || sources.includes(connectionId) ? sources : [...sources, connectionId].sort();

/** The attribute that is the unique name of each kind of resource. */
export const NAME_ATTRIBUTE: Readonly<Record<ResourceKind, string>> = {
  USER: 'userName',
  GROUP: 'displayName',
};

export const nameOf = (kind: ResourceKind, attributes: Attributes): string =>
  attributes[NAME_ATTRIBUTE[kind]] as string;

/** Returns the key of the claim that a stored resource owns. It may be that of a previous version. */
export const storedNameKey = (kind: ResourceKind, { nameKey, attributes }: ResourceRecord): string =>
  nameKey ?? legacyNameKeyOf(nameOf(kind, attributes));

/** The item of a record. `externalId` and the name are attributes of the item, because indexes need them. */
export interface ResourceItem extends ItemKey {
  readonly nameKey: string;
  readonly externalId?: string;
  readonly data: Attributes;
  readonly version: number;
  readonly created: string;
  readonly lastModified: string;
  readonly groupIds?: ReadonlySet<string>;
  readonly memberCount?: number;
  /** The number of heads of a spread group. */
  readonly heads?: number;
  readonly replacement?: string;
  readonly creation?: Creation;
  readonly sources?: ReadonlySet<string>;
  readonly managedBy?: Manager;
}

export function toResourceItem(domainId: string, kind: ResourceKind, record: ResourceRecord): ResourceItem {
  const { externalId, ...data } = record.attributes;
  return {
    ...resourceKey(domainId, kind, record.id),
    nameKey: record.nameKey ?? nameKeyOf(nameOf(kind, record.attributes)),
    ...(typeof externalId === 'string' && { externalId }),
    data,
    version: record.version,
    created: record.created,
    lastModified: record.lastModified,
    ...(record.groupIds.length > 0 && { groupIds: new Set(record.groupIds) }),
    ...(kind === 'GROUP' && { memberCount: record.memberCount }),
    ...(record.headCount !== undefined && { heads: record.headCount }),
    ...(record.replacement !== undefined && { replacement: record.replacement }),
    ...(record.creation && { creation: record.creation }),
    ...(record.sources && record.sources.length > 0 && { sources: new Set(record.sources) }),
    ...(record.managedBy && { managedBy: record.managedBy }),
  };
}

export function readResourceItem(item: Item): ResourceRecord {
  const externalId = optionalText(item, 'externalId');
  const nameKey = optionalText(item, 'nameKey');
  const creation = optionalMap(item, 'creation', readCreation);
  const headCount = optionalNumber(item, 'heads');
  const replacement = optionalText(item, 'replacement');
  const sources = textSet(item, 'sources');
  return {
    id: text(item, 'sk'),
    attributes: {
      ...fromStoredAttributes(attributes(item, 'data')),
      ...(externalId !== undefined && { externalId }),
    },
    version: number(item, 'version'),
    created: text(item, 'created'),
    lastModified: text(item, 'lastModified'),
    groupIds: [...textSet(item, 'groupIds')],
    memberCount: optionalNumber(item, 'memberCount') ?? 0,
    ...(headCount !== undefined && { headCount }),
    ...(replacement !== undefined && { replacement }),
    ...(nameKey !== undefined && { nameKey }),
    ...(creation && { creation }),
    ...(sources.size > 0 && { sources: [...sources].sort() }),
    ...(item.managedBy === 'administrator' && { managedBy: 'administrator' as const }),
  };
}

const readCreation = (mark: Item): Creation => ({ hash: text(mark, 'hash'), until: text(mark, 'until') });
