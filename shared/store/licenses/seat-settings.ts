import { spread, type Seats } from '../domains/count-shards';
import type { CountsSnapshot } from '../domains/counts';
import { CountsConflict, SHARD_IS_OPEN } from '../domains/counts-write';
import { countsShardKey, seatsKey } from '../table/keys';
import type { Write } from '../table/write';

/**
 * The seat settings of an administrator. Absent settings do not change; `seats` is null for no limit.
 */
export type SeatSettings = Seats;

const conditionError = () => new CountsConflict(true);

/**
 * Returns the writes that set the seats of a domain whose counts are `snapshot`. They always change the item
 * of the seats, so that the stream starts a promotion and free seats go to the queue. A new number of seats
 * writes all shards, and fails with `CountsConflict` if one of them has changed. If more licenses are active
 * than seats, each shard gets a part of the debt.
 */
export function seatSettingsWrites(
  domainId: string,
  snapshot: CountsSnapshot,
  { seats, seatPolicy }: SeatSettings,
  at: string,
): Write[] {
  const version = snapshot.version + 1;
  return [
    {
      update: seatsKey(domainId),
      set: { wokenAt: at, seats: seats ?? undefined, seatPolicy, version },
      remove: seats === null ? ['seats'] : [],
      condition: {
        expression: 'version = :versionBefore AND attribute_not_exists(deletedAt)',
        values: { versionBefore: snapshot.version },
      },
      conditionError,
    },
    ...(seats === undefined ? [] : shardWrites(domainId, snapshot, seats, version)),
  ];
}

function shardWrites(
  domainId: string,
  { shards }: CountsSnapshot,
  seats: number | null,
  version: number,
): Write[] {
  if (seats === null)
    return shards.map(({ shard }) => ({
      update: countsShardKey(domainId, shard),
      remove: ['limit', 'debt'],
      condition: { expression: SHARD_IS_OPEN },
      conditionError,
    }));
  const free = seats - shards.reduce((sum, { activeLicenses }) => sum + activeLicenses, 0);
  const parts = spread(free);
  return shards.map((before) => ({
    update: countsShardKey(domainId, before.shard),
    set: { free: parts[before.shard], limit: version, ...(free < 0 && { debt: true }) },
    remove: free < 0 ? [] : ['debt'],
    condition: {
      // Licenses that begin or end change `free`, so the active licenses are as they were read, too.
      expression: `${SHARD_IS_OPEN} AND #free = :freeBefore`,
      values: { freeBefore: before.free },
    },
    conditionError,
  }));
}
