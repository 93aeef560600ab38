import { ScimError } from '../../scim/error';
import { countsPartition, SEATS, tombstoneKey } from '../table/keys';
import {
  optionalFlag,
  optionalNumber,
  optionalOneOf,
  optionalText,
  text,
  type Item,
} from '../table/read-item';
import type { Table } from '../table/table';

/**
 * The number of items over which the counts of a domain are spread, so that changes at the same time rarely
 * meet. They are read together, for one read unit: each has at most 128 bytes.
 * `npm run bench -- contention-simulation` shows what other numbers would do.
 */
export const COUNT_SHARDS = 32;

/**
 * The number of each kind of object in a domain. A change of an object changes its count in the same
 * transaction.
 */
export interface Counts {
  readonly users: number;
  readonly groups: number;
  readonly activeLicenses: number;
  /** Licenses in the queue for a seat. */
  readonly pendingLicenses: number;
}

/**
 * The effect of an activation without a free seat: `refuse` is an error, `wait` puts the license into the
 * queue for a seat.
 */
export const SEAT_POLICIES = ['refuse', 'wait'] as const;
export type SeatPolicy = (typeof SEAT_POLICIES)[number];

/** The counts and the seats of a domain. */
export interface SeatCounts extends Counts {
  /** The largest number of active licenses; absent if there is no limit. */
  readonly seats?: number;
  readonly seatPolicy: SeatPolicy;
  /** Present if the domain is deleted; RFC 3339, UTC. */
  readonly deletedAt?: string;
}

/**
 * One part of the counts. Only the sums of all shards mean something: a user may leave from another shard.
 */
export interface CountsShard extends Counts {
  readonly shard: number;
  /**
   * The seats that an activation may take from this shard. The sum of active licenses and free seats of a
   * shard changes only with the number of seats. Negative: a debt, or the number of seats is not limited.
   */
  readonly free: number;
  /** The version of the seats that limits activations; absent if their number is not limited. */
  readonly limit?: number;
  /** True if a license that ends must first pay off the debt of a shard. */
  readonly inDebt: boolean;
}

/** The counts with their shards. A change that a shard refused reads them to choose another shard. */
export interface CountsSnapshot extends SeatCounts {
  readonly shards: readonly CountsShard[];
  /** The number of changes of the seats. */
  readonly version: number;
}

export const domainDeleted = (): ScimError =>
  ScimError.forbidden('This domain was deleted. Ask the operator of this service for another one.');

/** Reads the counts of a domain, and those of a previous version if it has no others yet. */
export async function readCounts(table: Table, domainId: string): Promise<SeatCounts> {
  const { shards, version, ...counts } = await readSnapshot(table, domainId);
  if (shards.length > 0 || version > 0) return counts;
  const former = readFormerCounts(await table.get(tombstoneKey(domainId)));
  if (former.users > 0 || former.groups > 0) return former;
  // Another function may have moved the counts to the shards since they were read.
  const { shards: _, version: created, ...moved } = await readSnapshot(table, domainId);
  return created > 0 ? moved : former;
}

/** Reads all shards of the counts. A domain of a previous version has none. */
export async function readSnapshot(table: Table, domainId: string): Promise<CountsSnapshot> {
  const items: Item[] = [];
  for await (const page of table.pages({ pk: countsPartition(domainId) })) items.push(...page);
  return toSnapshot(items);
}

/** Returns the counts that these items of a domain's counts hold together. */
export function toSnapshot(items: readonly Item[]): CountsSnapshot {
  const seatsItem = items.find(({ sk }) => sk === SEATS) ?? {};
  const shardItems = items.filter(({ sk }) => sk !== SEATS);
  const shards = shardItems.map(readShard);
  const deletedAt = shardItems.map((item) => optionalText(item, 'deletedAt')).find((at) => at !== undefined);
  const seats = optionalNumber(seatsItem, 'seats');
  // Shards are read one after the other, so a change in between may show on one side only.
  const sum = (name: keyof Counts) =>
    Math.max(
      0,
      shards.reduce((total, shard) => total + shard[name], 0),
    );
  return {
    users: sum('users'),
    groups: sum('groups'),
    activeLicenses: sum('activeLicenses'),
    pendingLicenses: sum('pendingLicenses'),
    ...(seats !== undefined && { seats }),
    seatPolicy: optionalOneOf(seatsItem, 'seatPolicy', SEAT_POLICIES) ?? 'refuse',
    ...(deletedAt !== undefined && { deletedAt }),
    shards,
    version: optionalNumber(seatsItem, 'version') ?? 0,
  };
}

function readShard(item: Item): CountsShard {
  const limit = optionalNumber(item, 'limit');
  return {
    shard: Number(text(item, 'sk')),
    users: optionalNumber(item, 'users') ?? 0,
    groups: optionalNumber(item, 'groups') ?? 0,
    activeLicenses: optionalNumber(item, 'active') ?? 0,
    pendingLicenses: optionalNumber(item, 'pending') ?? 0,
    free: optionalNumber(item, 'free') ?? 0,
    ...(limit !== undefined && { limit }),
    inDebt: optionalFlag(item, 'debt') ?? false,
  };
}

/**
 * Reads the counts of a previous version, which are one item. A domain in which nothing was counted has none.
 */
export function readFormerCounts(item: Item = {}): SeatCounts {
  const seats = optionalNumber(item, 'seats');
  const deletedAt = optionalText(item, 'deletedAt');
  return {
    users: optionalNumber(item, 'users') ?? 0,
    groups: optionalNumber(item, 'groups') ?? 0,
    activeLicenses: optionalNumber(item, 'activeLicenses') ?? 0,
    pendingLicenses: optionalNumber(item, 'pendingLicenses') ?? 0,
    ...(seats !== undefined && { seats }),
    seatPolicy: optionalOneOf(item, 'seatPolicy', SEAT_POLICIES) ?? 'refuse',
    ...(deletedAt !== undefined && { deletedAt }),
  };
}
