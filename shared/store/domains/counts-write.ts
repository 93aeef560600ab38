import type { Condition } from '../table/expressions';
import { countsShardKey, type ItemKey } from '../table/keys';
import type { Table } from '../table/table';
import type { Write } from '../table/write';
import { ALL_SHARDS, shuffled } from './count-shards';
import { COUNT_SHARDS, domainDeleted, readSnapshot, type Counts, type CountsSnapshot } from './counts';
import { createShards } from './counts-migration';

/**
 * Thrown if a shard is not as a change of the counts assumes: it does not exist, the domain is deleted, or
 * its seats are taken. Nothing was written.
 */
export class CountsConflict extends Error {
  override readonly name = 'CountsConflict';

  /**
   * `isConditional` is true if the change has a condition of its own. `snapshot` is what was read because of
   * it.
   */
  constructor(
    readonly isConditional: boolean,
    readonly snapshot?: CountsSnapshot,
  ) {
    super('The counts are not as the change assumes.');
  }
}

/** The numbers that a change adds to the counts. `free` is the number of seats that it returns. */
export interface CountsChange extends Partial<Counts> {
  readonly free?: number;
}

/** Options of a change that writes the counts. */
export interface CountsWriteOptions {
  /** The shards that it may write; all by default. */
  readonly shards?: readonly number[];
  /** The condition on the shard. */
  readonly condition?: Condition;
  /** Attributes that it removes from the shard. */
  readonly remove?: readonly string[];
}

/**
 * A request that began before its domain was deleted must not create data, because the sweep might miss it.
 */
export const SHARD_IS_OPEN = 'attribute_exists(pk) AND attribute_not_exists(deletedAt)';

/** The attributes of a shard, by what they count. */
const ATTRIBUTES = {
  users: 'users',
  groups: 'groups',
  activeLicenses: 'active',
  pendingLicenses: 'pending',
  free: 'free',
} as const;

/**
 * Returns the write that adds `change` to the counts of a domain. It writes one shard, and a retry after a
 * conflict writes another one. It fails with `CountsConflict`; `withCounts` finds out why.
 */
export function countsWrite(
  domainId: string,
  change: CountsChange,
  { shards = ALL_SHARDS, condition, remove = [] }: CountsWriteOptions = {},
): Write {
  const keys = shuffled(shards).map((shard) => countsShardKey(domainId, shard));
  const deltas = Object.entries(ATTRIBUTES).map(
    ([name, attribute]) => [attribute, change[name as keyof CountsChange] ?? 0] as const,
  );
  const writeTo = (at: number): Write => ({
    update: keys[at % keys.length] as ItemKey,
    ...(keys.length > 1 && { otherwise: () => writeTo(at + 1) }),
    add: Object.fromEntries(deltas.filter(([, delta]) => delta !== 0)),
    remove,
    condition: condition
      ? { expression: `${SHARD_IS_OPEN} AND (${condition.expression})`, values: condition.values }
      : { expression: SHARD_IS_OPEN },
    conditionError: () => new CountsConflict(condition !== undefined),
  });
  return writeTo(0);
}

/**
 * Runs a change that writes counts. If the domain lacks shards, creates them from the counts of a previous
 * version, and runs the change again. Throws 403 if the domain is deleted, and `CountsConflict` with the
 * counts if the seats are not as the change assumes.
 */
export async function withCounts<T>(table: Table, domainId: string, change: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await change();
    } catch (error) {
      if (!(error instanceof CountsConflict)) throw error;
      const snapshot = await readSnapshot(table, domainId);
      if (await isComplete(table, domainId, snapshot)) {
        if (error.isConditional) throw new CountsConflict(true, snapshot);
      }
    }
  }
}

/**
 * Reads the counts for a change. Creates the shards that are missing. Throws 403 if the domain is deleted.
 */
export async function openCounts(table: Table, domainId: string): Promise<CountsSnapshot> {
  for (;;) {
    const snapshot = await readSnapshot(table, domainId);
    if (await isComplete(table, domainId, snapshot)) return snapshot;
  }
}

/** Returns false after it has created the shards that were missing. Throws 403 if the domain is deleted. */
async function isComplete(table: Table, domainId: string, snapshot: CountsSnapshot): Promise<boolean> {
  if (snapshot.deletedAt !== undefined) throw domainDeleted();
  if (snapshot.shards.length >= COUNT_SHARDS) return true;
  await createShards(table, domainId, snapshot);
  return false;
}
