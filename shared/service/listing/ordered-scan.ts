import { compareCodePoints } from '../../scim/text';
import { READ_BATCH_SIZE } from './list-limits';
import type { MembershipStore } from '../../store/groups/membership';
import { nameKeyOf } from '../../store/table/keys';
import type { Position } from '../../store/resources/resource-store';
import { nameOf, type ResourceRecord } from '../../store/resources/resource-record';
import type { NameRange, ResourceStore } from '../../store/resources/resource-store';

/** Resources of one type in an order in which a listing can go on where it stopped. */
export interface OrderedScan {
  /** Names it among the page marks of its domain; undefined for one that is not walked by numbers. */
  readonly listing?: string;
  /** How many there are, where that is known for nothing. */
  readonly total?: () => Promise<number>;
  /** More resources than this are not to be held at once. */
  readonly maxPageSize: number;
  /** At most `limit` of those behind `after`. */
  readonly page: (limit: number, after?: Position) => Promise<ScanPage>;
}

export interface ScanPage {
  readonly positions: readonly Position[];
  /** Whether others follow. */
  readonly more: boolean;
  /** The records at the first `count` positions, in their order; what is gone meanwhile is left out. */
  readonly records: (count: number) => Promise<readonly ResourceRecord[]>;
}

/** A query reads 1 MB at most. */
const MAX_QUERY_PAGE_SIZE = 1_000;

/** All, as the table has them. */
export const inIdOrder = (store: ResourceStore, total?: () => Promise<number>): OrderedScan => ({
  listing: store.kind,
  total,
  maxPageSize: MAX_QUERY_PAGE_SIZE,
  page: async (limit, after) => {
    const { records, next } = await store.page(limit, after?.id);
    return {
      positions: records.map(({ id }) => ({ id })),
      more: next !== undefined,
      records: (count) => Promise.resolve(records.slice(0, count)),
    };
  },
});

/** All, or those of a range of names, as the index has them. */
export const inNameOrder = (
  store: ResourceStore,
  descending: boolean,
  { range, total }: { range?: NameRange; total?: () => Promise<number> } = {},
): OrderedScan => ({
  ...(!range && { listing: `${store.kind}#NAME${descending ? '#DESCENDING' : ''}` }),
  total,
  maxPageSize: READ_BATCH_SIZE,
  page: async (limit, after) => {
    const { positions, more } = await store.namePage(limit, { after, descending, range });
    return lazyPage(store, positions, more);
  },
});

/** The members of a group; none where there is no such group, whatever a group of that id has left behind. */
export function membersInIdOrder(
  users: ResourceStore,
  groups: ResourceStore,
  memberships: MembershipStore,
  groupId: string,
): OrderedScan {
  let reading: Promise<ResourceRecord | undefined> | undefined;
  const group = () => (reading ??= groups.get(groupId));
  return {
    listing: `MEMBER#${groupId}`,
    total: async () => (await group())?.memberCount ?? 0,
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

/** Those of the ids that exist, in the order of ids. */
export const fromIds = (store: ResourceStore, findIds: () => Promise<readonly string[]>): OrderedScan =>
  fromPositions(store, byId, async () => [...new Set(await findIds())].map((id) => ({ id })));

/** The same in the order of their names, which are read for it. */
export const fromIdsByName = (
  store: ResourceStore,
  findIds: () => Promise<readonly string[]>,
  descending: boolean,
): OrderedScan =>
  fromPositions(store, descending ? (a, b) => byName(b, a) : byName, async () => {
    const ids = [...new Set(await findIds())];
    const positions: Position[] = [];
    for (let at = 0; at < ids.length; at += READ_BATCH_SIZE) {
      for (const { id, attributes } of await store.getMany(ids.slice(at, at + READ_BATCH_SIZE)))
        positions.push({ id, nameKey: nameKeyOf(nameOf(store.kind, attributes)) });
    }
    return positions;
  });

type Order = (a: Position, b: Position) => number;

const byId: Order = (a, b) => compareCodePoints(a.id, b.id);
const byName: Order = (a, b) => compareCodePoints(a.nameKey ?? '', b.nameKey ?? '') || byId(a, b);

function fromPositions(store: ResourceStore, order: Order, find: () => Promise<Position[]>): OrderedScan {
  let finding: Promise<Position[]> | undefined;
  return {
    maxPageSize: READ_BATCH_SIZE,
    page: async (limit, after) => {
      const all = await (finding ??= find().then((found) => found.sort(order)));
      const left = after ? all.filter((position) => order(position, after) > 0) : all;
      return lazyPage(store, left.slice(0, limit), left.length > limit);
    },
  };
}

const lazyPage = (store: ResourceStore, positions: readonly Position[], more: boolean): ScanPage => ({
  positions,
  more,
  records: (count) => store.getMany(positions.slice(0, count).map(({ id }) => id)),
});
