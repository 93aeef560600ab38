import { createHash } from 'node:crypto';
import { auditPartition, tombstoneKey } from '../table/keys';
import type { Table } from '../table/table';
import { readFormerCounts, readSnapshot, type Counts, type CountsSnapshot, type SeatCounts } from './counts';

/** The counts of a domain at one time. */
export interface CountsState {
  readonly snapshot: CountsSnapshot;
  /** The counts of functions of a previous version that no shard holds yet. */
  readonly former: SeatCounts;
  /** The id of the newest audit event. Each change of the counts writes one. */
  readonly newestEvent?: string;
}

/**
 * A number that is compared with what exists: a count; the seats that are free, or the debt if negative; or
 * the number of shards whose marks of a limit or of a debt are wrong; or the item of the seat settings, of
 * which a domain has one.
 */
type CountName = keyof Counts | 'freeSeats' | 'shardMarks' | 'seatSettings';

/** A count that is not as it should be. */
export interface CountDifference {
  readonly name: CountName;
  readonly stored: number;
  readonly actual: number;
}

export async function readCountsState(table: Table, domainId: string): Promise<CountsState> {
  const [former, snapshot, { items }] = await Promise.all([
    table.get(tombstoneKey(domainId)),
    readSnapshot(table, domainId),
    table.query({ pk: auditPartition(domainId), descending: true, limit: 1, attributes: ['sk'] }),
  ]);
  const newestEvent = items[0]?.sk;
  return {
    snapshot,
    former: readFormerCounts(former),
    ...(typeof newestEvent === 'string' && { newestEvent }),
  };
}

/** Returns a text that two states share only if nothing was counted between them. */
export const fingerprintOf = ({ snapshot, former, newestEvent }: CountsState): string =>
  createHash('sha256')
    .update(JSON.stringify([snapshot, former, newestEvent]))
    .digest('base64url');

/** Compares the counts with the numbers of what exists. */
export function countDifferences({ snapshot: read, former }: CountsState, actual: Counts): CountDifference[] {
  const snapshot = withSeatSettings(read);
  const { shards, seats } = snapshot;
  const stored = (name: keyof Counts) => shards.reduce((sum, shard) => sum + shard[name], former[name]);
  const names = ['users', 'groups', 'activeLicenses', 'pendingLicenses'] as const;
  const free = shards.reduce((sum, shard) => sum + shard.free, -former.activeLicenses);
  return [
    ...names.map((name) => ({ name, stored: stored(name), actual: actual[name] })),
    ...(seats === undefined || shards.length === 0
      ? []
      : [{ name: 'freeSeats', stored: free, actual: seats - actual.activeLicenses } as const]),
    { name: 'shardMarks' as const, stored: wrongMarks(snapshot), actual: 0 },
    ...(lacksSeatSettings(read) ? [{ name: 'seatSettings', stored: 0, actual: 1 } as const] : []),
  ].filter(({ stored, actual }) => stored !== actual);
}

/** Returns whether the item of the seat settings is lost. It is created and closed with the shards. */
export const lacksSeatSettings = ({ version, shards, deletedAt }: CountsSnapshot): boolean =>
  version === 0 && shards.length > 0 && deletedAt === undefined;

/**
 * Returns the counts with the seat settings that follow from the shards, if their item is lost. The shards
 * divide all seats among active licenses and free seats. Only a license that waits says what happens without
 * a free seat.
 */
export function withSeatSettings(snapshot: CountsSnapshot): CountsSnapshot {
  if (!lacksSeatSettings(snapshot)) return snapshot;
  const { shards, pendingLicenses } = snapshot;
  const limit = mostFrequent(shards.map((shard) => shard.limit));
  const seats = shards.reduce((sum, { activeLicenses, free }) => sum + activeLicenses + free, 0);
  return {
    ...snapshot,
    ...(limit !== undefined && { seats: Math.max(0, seats), version: limit }),
    seatPolicy: pendingLicenses > 0 ? 'wait' : 'refuse',
  };
}

/**
 * Returns the number of shards with wrong marks. If seats are limited, each shard has the same limit. While
 * one shard has a debt, each is marked, and none has a free seat. A mark may remain for a while after the
 * debt is paid off.
 */
function wrongMarks({ seats, shards }: CountsSnapshot): number {
  if (seats === undefined) return shards.filter(({ limit, inDebt }) => limit !== undefined || inDebt).length;
  const limit = mostFrequent(shards.map((shard) => shard.limit));
  const isInDebt = shards.some(({ free }) => free < 0);
  return shards.filter(
    (shard) =>
      shard.limit === undefined || shard.limit !== limit || (isInDebt && (!shard.inDebt || shard.free > 0)),
  ).length;
}

/** Returns the value that occurs most often, and the first one of those that occur equally often. */
function mostFrequent<T>(values: readonly T[]): T | undefined {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0];
}
