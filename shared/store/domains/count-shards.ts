import { countsShardKey, seatsKey } from '../table/keys';
import type { Table } from '../table/table';
import { ITEM_IS_ABSENT, type Write } from '../table/write';
import { COUNT_SHARDS, type Counts, type SeatPolicy } from './counts';

export const ALL_SHARDS: readonly number[] = [...Array(COUNT_SHARDS).keys()];

/** The seats of a domain. */
export interface Seats {
  /** The largest number of active licenses; null or absent for no limit. */
  readonly seats?: number | null;
  readonly seatPolicy?: SeatPolicy;
}

/** Returns the writes that create the counts of a domain. They fail if one of the shards exists. */
export function newCountsWrites(
  domainId: string,
  { seats, seatPolicy = 'refuse' }: Seats = {},
  { users = 0, groups = 0, activeLicenses = 0, pendingLicenses = 0 }: Partial<Counts> = {},
): Write[] {
  const isLimited = typeof seats === 'number';
  const free = isLimited ? seats - activeLicenses : 0;
  const parts = spread(free);
  const counted = { users, groups, active: activeLicenses, pending: pendingLicenses };
  const seatsItem = { ...seatsKey(domainId), ...(isLimited && { seats }), seatPolicy, version: 1 };
  return [
    { put: seatsItem, condition: ITEM_IS_ABSENT },
    ...ALL_SHARDS.map((shard) => ({
      put: {
        ...countsShardKey(domainId, shard),
        ...(shard === 0 && counted),
        free: parts[shard] ?? 0,
        ...(isLimited && { limit: 1, ...(free < 0 && { debt: true }) }),
      },
      condition: ITEM_IS_ABSENT,
    })),
  ];
}

/**
 * Writes the tombstone into each shard, also into those that do not exist. After this, no change of the
 * domain's counts is possible. The shards do not expire, because the domain exists as long as its deletion is
 * not complete: its sweep deletes them. An earlier version let them expire.
 */
export async function closeCounts(table: Table, domainId: string, deletedAt: string): Promise<void> {
  const keys = [...ALL_SHARDS.map((shard) => countsShardKey(domainId, shard)), seatsKey(domainId)];
  await Promise.all(keys.map((key) => table.update(key, { set: { deletedAt }, remove: ['ttl'] })));
}

/** Divides a number into about equal parts, one for each shard. */
export function spread(total: number): number[] {
  const each = Math.trunc(total / COUNT_SHARDS);
  const rest = Math.abs(total % COUNT_SHARDS);
  const sign = Math.sign(total);
  return shuffled(ALL_SHARDS.map((at) => each + (at < rest ? sign : 0)));
}

/** Returns the elements in random order, so that concurrent changes begin with different shards. */
export function shuffled<T>(elements: readonly T[]): T[] {
  const order = [...elements];
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(Math.random() * (at + 1));
    [order[at], order[other]] = [order[other] as T, order[at] as T];
  }
  return order;
}
