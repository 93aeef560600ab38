import { COUNT_SHARDS, type CountsShard, type CountsSnapshot } from '../../../shared/store/domains/counts';

const EMPTY = { users: 0, groups: 0, activeLicenses: 0, pendingLicenses: 0, free: 0, inDebt: false };

/**
 * Returns a snapshot in which the first shards are as given, and the others are empty. Seats limit all or
 * none.
 */
export function countsSnapshot(
  given: Partial<CountsSnapshot> = {},
  first: readonly Partial<CountsShard>[] = [],
): CountsSnapshot {
  const limit = given.seats === undefined ? {} : { limit: 1 };
  const shards = Array.from({ length: COUNT_SHARDS }, (_, shard) => ({
    ...EMPTY,
    ...limit,
    ...first[shard],
    shard,
  }));
  const sum = (name: 'activeLicenses' | 'pendingLicenses') =>
    shards.reduce((total, each) => total + each[name], 0);
  return {
    users: 0,
    groups: 0,
    activeLicenses: sum('activeLicenses'),
    pendingLicenses: sum('pendingLicenses'),
    seatPolicy: 'refuse',
    version: 1,
    shards,
    ...given,
  };
}
