import { compareCodePoints } from '../../scim/text';
import { READ_BATCH_SIZE } from './list-limits';
import type { AddressIndex } from '../../store/resources/address-index';
import type { MembershipStore } from '../../store/groups/membership';
import type { Position } from '../../store/listing/position';
import { storedNameKey, type ResourceRecord } from '../../store/resources/resource-record';
import type { NameKeyRange, ResourceStore } from '../../store/resources/resource-store';

/** A scan of resources of one type in a fixed order, which can continue after any position. */
export interface OrderedScan {
  /** Identifies the scan's page marks in its domain. Undefined if the scan has no page marks. */
  readonly listing?: string;
  /** Returns the number of resources. Absent if it would cost more than one read. */
  readonly total?: () => Promise<number>;
  /** The largest number of resources in one page. */
  readonly maxPageSize: number;
  /** Returns at most `limit` resources after `after`. */
  readonly page: (limit: number, after?: ScanPosition) => Promise<ScanPage>;
  /** Returns what the scan has found after a position, for the cursor. Absent if its pages repeat nothing. */
  readonly restAfter?: (position: Position) => FoundRest | undefined;
}

/** The orders of scans. A scan of a range of names is always in the order of names. */
export type ScanOrder = 'id' | 'name' | 'nameDescending';

/** A position at which a scan continues, and what it has found after this position. */
export interface ScanPosition extends Position {
  readonly rest?: FoundRest;
}

/**
 * What the lookups of a scan have found after a position: ids, and the numbers of the lookups that must be
 * read again. Or so many resources that the scan does not use the lookups.
 */
export type FoundRest = { readonly ids: readonly string[]; readonly open: readonly number[] } | 'tooMany';

export interface ScanPage {
  readonly positions: readonly Position[];
  /** True if others follow. */
  readonly more: boolean;
  /**
   * Returns the records at the first `count` positions, in order. Omits those that were deleted meanwhile.
   */
  readonly records: (count: number) => Promise<readonly ResourceRecord[]>;
}

/** A DynamoDB query reads at most 1 MB. */
const MAX_QUERY_PAGE_SIZE = 1_000;

/** Scans all resources in the order of their ids, as the table stores them. */
export const inIdOrder = (store: ResourceStore, total?: () => Promise<number>): OrderedScan => ({
  listing: store.kind,
  total,
  maxPageSize: MAX_QUERY_PAGE_SIZE,
  page: async (limit, after) => {
    const { records, next } = await store.page(limit, after?.id);
    return {
      positions: records.map(({ id }) => ({ id })),
      more: next !== undefined,
      records: (count) => store.complete(records.slice(0, count)),
    };
  },
});

/** Scans all resources, or a range of names, in the order of names, as the index stores them. */
export const inNameOrder = (
  store: ResourceStore,
  descending: boolean,
  { range, total }: { range?: NameKeyRange; total?: () => Promise<number> } = {},
): OrderedScan => ({
  ...(!range && { listing: `${store.kind}#NAME${descending ? '#DESCENDING' : ''}` }),
  total,
  maxPageSize: READ_BATCH_SIZE,
  page: async (limit, after) => {
    const { positions, more } = await store.namePage(limit, { after, descending, range });
    return lazyPage(store, positions, more);
  },
});

/**
 * Scans the members of a group. Finds none if the group does not exist, even if a deleted group has left
 * memberships.
 */
export function membersInIdOrder(
  users: ResourceStore,
  groups: ResourceStore,
  memberships: MembershipStore,
  groupId: string,
): OrderedScan {
  let groupRecord: Promise<ResourceRecord | undefined> | undefined;
  const group = () => (groupRecord ??= groups.get(groupId));
  return {
    listing: `MEMBER#${groupId}`,
    total: async () => {
      const record = await group();
      return record ? ((await groups.complete([record]))[0]?.memberCount ?? 0) : 0;
    },
    maxPageSize: READ_BATCH_SIZE,
    page: async (limit, after) => {
      if (!(await group())) return lazyPage(users, [], false);
      const { members, next } = await memberships.page(groupId, limit, after?.id);
      return lazyPage(
        users,
        members.map(({ userId }) => ({ id: userId })),
        next !== undefined,
      );
    },
  };
}

/** Scans the users who have an email address, in the order of their ids. */
export const addressInIdOrder = (
  users: ResourceStore,
  index: AddressIndex,
  address: string,
): OrderedScan => ({
  maxPageSize: READ_BATCH_SIZE,
  page: async (limit, after) => {
    const { ids, more } = await index.page(address, limit, after?.id);
    return lazyPage(users, asPositions(ids), more);
  },
});

/** Scans the resources that any of the scans returns. All of them must be in the order of ids. */
export const mergedInIdOrder = (store: ResourceStore, scans: readonly OrderedScan[]): OrderedScan => ({
  maxPageSize: READ_BATCH_SIZE,
  page: async (limit, after) => {
    const pages = await Promise.all(scans.map((scan) => scan.page(limit, after)));
    // A scan may have further ids after its last one, so only ids up to the first of these ends are complete.
    const ends = pages.flatMap(({ positions, more }) => (more ? [positions.at(-1)?.id ?? ''] : []));
    const isComplete = (id: string): boolean => ends.every((end) => compareCodePoints(id, end) <= 0);
    const ids = new Set(pages.flatMap(({ positions }) => positions.map(({ id }) => id)));
    const complete = [...ids].filter(isComplete).sort(compareCodePoints);
    return lazyPage(store, asPositions(complete.slice(0, limit)), ends.length > 0 || complete.length > limit);
  },
});

const asPositions = (ids: readonly string[]): Position[] => ids.map((id) => ({ id }));

/** Returns the different ids as positions in an order. For an order of names, reads the resources. */
export async function positionsInOrder(
  store: ResourceStore,
  ids: readonly string[],
  order: ScanOrder,
): Promise<Position[]> {
  const distinct = [...new Set(ids)];
  if (order === 'id') return asPositions(distinct).sort(byId);
  const positions: Position[] = [];
  for (let at = 0; at < distinct.length; at += READ_BATCH_SIZE) {
    for (const record of await store.getMany(distinct.slice(at, at + READ_BATCH_SIZE)))
      positions.push({ id: record.id, nameKey: storedNameKey(store.kind, record) });
  }
  return positions.sort(comparisonOf(order));
}

/** Scans the resources at positions that are already sorted. */
export function fromPositions(
  store: ResourceStore,
  order: ScanOrder,
  sorted: readonly Position[],
): OrderedScan {
  const compare = comparisonOf(order);
  return {
    maxPageSize: READ_BATCH_SIZE,
    page: (limit, after) => {
      const start = after ? startAfter(sorted, after, compare) : 0;
      const positions = sorted.slice(start, start + limit);
      return Promise.resolve(lazyPage(store, positions, sorted.length > start + limit));
    },
  };
}

/** Scans what `choose` returns, which is called when the first page is read. */
export function chosenScan(choose: (after?: Position) => Promise<OrderedScan>): OrderedScan {
  let chosen: OrderedScan | undefined;
  return {
    maxPageSize: READ_BATCH_SIZE,
    page: async (limit, after) => {
      chosen ??= await choose(after);
      return chosen.page(limit, after);
    },
    restAfter: (position) => chosen?.restAfter?.(position),
  };
}

type Comparison = (a: Position, b: Position) => number;

const byId: Comparison = (a, b) => compareCodePoints(a.id, b.id);
const byName: Comparison = (a, b) => compareCodePoints(a.nameKey ?? '', b.nameKey ?? '') || byId(a, b);

/** Returns the comparison of positions in an order. */
export function comparisonOf(order: ScanOrder): Comparison {
  if (order === 'id') return byId;
  return order === 'name' ? byName : (a, b) => byName(b, a);
}

/** Returns the index of the first of the sorted positions that comes after `after`, by bisection. */
function startAfter(sorted: readonly Position[], after: Position, compare: Comparison): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(sorted[middle] as Position, after) > 0) high = middle;
    else low = middle + 1;
  }
  return low;
}

const lazyPage = (store: ResourceStore, positions: readonly Position[], more: boolean): ScanPage => ({
  positions,
  more,
  records: (count) => store.getMany(positions.slice(0, count).map(({ id }) => id)),
});
