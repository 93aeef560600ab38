import { ScimError } from '../../scim/error';
import { readResourceItem, type GroupHead, type ResourceRecord } from '../resources/resource-record';
import { groupHeadKey, groupHeadPartition, resourceKey, type ItemKey } from '../table/keys';
import { number, optionalText, type Item } from '../table/read-item';
import type { Table } from '../table/table';
import { VersionConflict } from '../table/operations/transaction';
import { ITEM_EXISTS, type Write } from '../table/write';
import { backoff } from '../../retry/backoff';

/**
 * The number of heads of a group that becomes spread. All of them fit into one read unit. With 25 changes a
 * second of 35 ms each, a change meets another one on its head in 5% of the cases.
 */
export const GROUP_HEADS = 16;

/** Thrown if other requests write the group at the same time. Nothing was written. */
export class GroupIsHot extends Error {
  override readonly name = 'GroupIsHot';

  constructor(readonly groupId: string) {
    super('Other requests write the group at the same time.');
  }
}

export const groupNotFound = (groupId: string): ScimError =>
  ScimError.notFound(`There is no group with the id "${groupId.slice(0, 100)}".`);

/** Reads the heads of a group that is spread. */
export async function readHeads(table: Table, domainId: string, groupId: string): Promise<GroupHead[]> {
  const heads: GroupHead[] = [];
  for await (const items of table.pages({ pk: groupHeadPartition(domainId, groupId) }))
    heads.push(...items.map(readHead));
  return heads;
}

/** Reads the item of a head. */
export function readHead(item: Item): GroupHead {
  const lastModified = optionalText(item, 'lastModified');
  return {
    version: number(item, 'version'),
    memberCount: number(item, 'memberCount'),
    ...(lastModified !== undefined && { lastModified }),
  };
}

/**
 * Returns the group as clients see it: the version, the number of members, and the time of the last change
 * include those of the heads, which must have been read.
 */
export function withTotals(group: ResourceRecord): ResourceRecord {
  const { headCount, heads, ...record } = group;
  if (headCount === undefined) return record;
  if (!heads) throw new Error('The heads of the group were not read.');
  const times = heads.flatMap(({ lastModified = '' }) => lastModified);
  return {
    ...record,
    version: heads.reduce((sum, { version }) => sum + version, record.version),
    memberCount: heads.reduce((sum, { memberCount }) => sum + memberCount, record.memberCount),
    lastModified: [record.lastModified, ...times].reduce((a, b) => (a > b ? a : b)),
    includesHeads: true,
  };
}

/** A group whose member changes write its heads. */
export type SpreadGroup = ResourceRecord & { readonly headCount: number };

const isSpread = (group: ResourceRecord): group is SpreadGroup => group.headCount !== undefined;

/**
 * Makes a group spread: from now on, changes of members may write its heads. Neither its version nor its
 * content changes. Returns the group, without its heads; undefined if it does not exist.
 */
export async function spreadGroup(
  table: Table,
  domainId: string,
  groupId: string,
): Promise<SpreadGroup | undefined> {
  const key = resourceKey(domainId, 'GROUP', groupId);
  const heads = Array.from({ length: GROUP_HEADS }, (_, at) => groupHeadKey(domainId, groupId, at));
  const writes: Write[] = [
    {
      update: key,
      set: { heads: GROUP_HEADS },
      condition: { expression: 'attribute_exists(pk) AND attribute_not_exists(#heads)' },
      conflictError: () => new GroupIsHot(groupId),
    },
    ...heads.map((head) => ({ put: { ...head, version: 0, memberCount: 0 } })),
  ];
  for (let attempt = 1; ; attempt++) {
    const item = await table.get(key);
    if (!item) return undefined;
    const group = readResourceItem(item);
    // Other requests that met the conflict also try this.
    if (isSpread(group)) return group;
    try {
      if ((await table.tryTransact(writes)).length === 0) return { ...group, headCount: GROUP_HEADS };
    } catch (error) {
      if (!(error instanceof GroupIsHot)) throw error;
      if (table.isLate()) throw tooManyChanges();
      await backoff(attempt);
    }
  }
}

const tooManyChanges = (): ScimError =>
  ScimError.unavailable('Too many concurrent changes to the same data. Send the request again.', 1);

/**
 * Returns the write of a head for a change of members. A head exists as long as its group, so the write fails
 * with `conditionError` if the group does not exist. If the head is in use, another head is written.
 */
export function headWrite(
  key: { readonly domainId: string; readonly groupId: string; readonly headCount: number },
  change: { readonly at: string; readonly memberCount: number },
  conditionError: () => Error,
  except?: number,
): Write {
  const { domainId, groupId, headCount } = key;
  const index = randomIndex(headCount, except);
  return {
    update: groupHeadKey(domainId, groupId, index),
    set: { lastModified: change.at },
    add: { version: 1, memberCount: change.memberCount },
    condition: ITEM_EXISTS,
    conditionError,
    otherwise: () => headWrite(key, change, conditionError, index),
  };
}

function randomIndex(count: number, except: number | undefined): number {
  if (except === undefined || count < 2) return Math.floor(Math.random() * count);
  return (except + 1 + Math.floor(Math.random() * (count - 1))) % count;
}

/**
 * Returns checks that fail with `VersionConflict` if a head has changed since it was read; none if it is not
 * spread.
 */
export const headChecks = (domainId: string, { id, heads = [] }: ResourceRecord): Write[] =>
  heads.map(({ version }, index) => ({
    check: groupHeadKey(domainId, id, index),
    condition: headIsAt(version),
    conditionError: () => new VersionConflict(),
  }));

/**
 * Returns the writes that delete the heads of a group together with it, so that no member joins afterward.
 * They fail with `VersionConflict` if a head has changed since it was read, unless the heads were not read.
 */
export const headDeletes = (domainId: string, group: ResourceRecord): Write[] =>
  headKeys(domainId, group).map((key, index) => {
    const head = group.heads?.[index];
    if (!head) return { delete: key };
    const conditionError = () => new VersionConflict();
    return { delete: key, condition: headIsAt(head.version), conditionError };
  });

const headIsAt = (version: number) => ({ expression: '#version = :before', values: { before: version } });

const headKeys = (domainId: string, { id, headCount = 0 }: ResourceRecord): ItemKey[] =>
  Array.from({ length: headCount }, (_, index) => groupHeadKey(domainId, id, index));
