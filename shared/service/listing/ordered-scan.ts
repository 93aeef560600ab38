import { compareCodePoints } from '../../scim/text';
import { READ_BATCH_SIZE } from './list-limits';
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
  readonly page: (limit: number, after?: Position) => Promise<ScanPage>;
}

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

/** Scans the resources with the given ids, in the order of ids. */
export const fromIds = (store: ResourceStore, findIds: () => Promise<readonly string[]>): OrderedScan =>
  fromPositions(store, byId, async () => [...new Set(await findIds())].map((id) => ({ id })));

/** Scans the resources with the given ids in the order of their names, which it reads first. */
export const fromIdsByName = (
  store: ResourceStore,
  findIds: () => Promise<readonly string[]>,
  descending: boolean,
): OrderedScan =>
  fromPositions(store, descending ? (a, b) => byName(b, a) : byName, async () => {
    const ids = [...new Set(await findIds())];
    const positions: Position[] = [];
    for (let at = 0; at < ids.length; at += READ_BATCH_SIZE) {
      for (const record of await store.getMany(ids.slice(at, at + READ_BATCH_SIZE)))
        positions.push({ id: record.id, nameKey: storedNameKey(store.kind, record) });
    }
    return positions;
  });

/** Scans what `choose` returns, which is called when the first page is read. */
export function chosenScan(choose: () => Promise<OrderedScan>): OrderedScan {
  let chosen: Promise<OrderedScan> | undefined;
  return {
    maxPageSize: READ_BATCH_SIZE,
    page: async (limit, after) => (await (chosen ??= choose())).page(limit, after),
  };
}

type Order = (a: Position, b: Position) => number;

const byId: Order = (a, b) => compareCodePoints(a.id, b.id);
const byName: Order = (a, b) => compareCodePoints(a.nameKey ?? '', b.nameKey ?? '') || byId(a, b);

function fromPositions(store: ResourceStore, order: Order, find: () => Promise<Position[]>): OrderedScan {
  let sorted: Promise<Position[]> | undefined;
  return {
    maxPageSize: READ_BATCH_SIZE,
    page: async (limit, after) => {
      const all = await (sorted ??= find().then((positions) => positions.sort(order)));
      const start = after ? startAfter(all, after, order) : 0;
      return lazyPage(store, all.slice(start, start + limit), all.length > start + limit);
    },
  };
}

/** Returns the index of the first of the sorted positions that comes after `after`, by bisection. */
function startAfter(sorted: readonly Position[], after: Position, order: Order): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (order(sorted[middle] as Position, after) > 0) high = middle;
    else low = middle + 1;
  }
  return low;
}

const lazyPage = (store: ResourceStore, positions: readonly Position[], more: boolean): ScanPage => ({
  positions,
  more,
  records: (count) => store.getMany(positions.slice(0, count).map(({ id }) => id)),
});
