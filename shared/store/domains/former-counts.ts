import { domainOfTombstone, tombstoneKey } from '../table/keys';
import type { StreamImage } from '../table/stream-record';
import type { Table } from '../table/table';
import { shuffled } from './count-shards';
import { readFormerCounts, readSnapshot, type CountsSnapshot } from './counts';
import { emptyFormerCounts } from './counts-migration';
import { countsWrite } from './counts-write';

/**
 * Returns the domain whose counts of a previous version have these keys; undefined if another item has them.
 */
export const domainOfFormerCounts = (keys: StreamImage | undefined): string | undefined =>
  domainOfTombstone({ pk: keys?.pk?.S ?? '', sk: keys?.sk?.S ?? '' });

/**
 * Adds to the shards what functions of the previous version have counted since the shards were created.
 * During a deployment, they run at the same time as functions of this version. Does nothing before the shards
 * exist, because their creation counts it.
 */
export async function absorbFormerCounts(table: Table, domainId: string): Promise<void> {
  for (;;) {
    const item = await table.get(tombstoneKey(domainId));
    const former = readFormerCounts(item);
    const { users, groups, activeLicenses, pendingLicenses } = former;
    if (former.deletedAt !== undefined) return;
    if ([users, groups, activeLicenses, pendingLicenses].every((count) => count === 0)) return;
    const snapshot = await readSnapshot(table, domainId);
    if (snapshot.version === 0 || snapshot.deletedAt !== undefined) return;
    const free = -activeLicenses + 0;
    const change = { users, groups, activeLicenses, pendingLicenses, free };
    const failed = await table.tryTransact([
      emptyFormerCounts(domainId, item, former),
      countsWrite(domainId, change, { shards: shardsFor(snapshot, free) }),
    ]);
    if (failed.length === 0) return;
  }
}

/** Seats go to the shard with the largest debt, and are taken from the shard with the most free seats. */
function shardsFor({ shards }: CountsSnapshot, free: number): number[] {
  const sorted = shuffled(shards).sort((one, other) => one.free - other.free);
  const chosen = free > 0 ? sorted.at(0) : sorted.at(-1);
  return chosen ? [chosen.shard] : [];
}
