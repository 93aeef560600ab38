import type { Condition } from '../table/expressions';
import { countsShardKey, seatsKey, tombstoneKey } from '../table/keys';
import type { Item } from '../table/read-item';
import type { Table } from '../table/table';
import { ITEM_IS_ABSENT, type Write } from '../table/write';
import { ALL_SHARDS, newCountsWrites } from './count-shards';
import { domainDeleted, readFormerCounts, type Counts, type CountsSnapshot, type SeatCounts } from './counts';

const NO_COUNTS: Counts = { users: 0, groups: 0, activeLicenses: 0, pendingLicenses: 0 };

/**
 * Creates the shards that `snapshot` lacks. Those of a domain of a previous version get its counts, and its
 * item keeps zeros, so that functions of the previous version may continue to add to it: see
 * `absorbFormerCounts`. Does nothing if the counts have changed since they were read; the caller reads them
 * again. Throws 403 if the domain is deleted.
 */
export async function createShards(table: Table, domainId: string, snapshot: CountsSnapshot): Promise<void> {
  const item = await table.get(tombstoneKey(domainId));
  const former = readFormerCounts(item);
  if (former.deletedAt !== undefined) throw domainDeleted();
  await table.tryTransact(
    snapshot.version === 0
      ? [emptyFormerCounts(domainId, item, former), ...newCountsWrites(domainId, former, former)]
      : missingShards(domainId, snapshot),
  );
}

/** Returns the writes that add the shards by which `COUNT_SHARDS` has grown since the others were created. */
function missingShards(domainId: string, { shards, version }: CountsSnapshot): Write[] {
  const existing = new Map(shards.map((each) => [each.shard, each]));
  const [example] = shards;
  return [
    {
      check: seatsKey(domainId),
      condition: { expression: 'version = :version', values: { version } },
    },
    ...ALL_SHARDS.filter((shard) => !existing.has(shard)).map((shard) => ({
      put: {
        ...countsShardKey(domainId, shard),
        free: 0,
        ...(example?.limit !== undefined && { limit: example.limit }),
        ...(example?.inDebt && { debt: true }),
      },
      condition: ITEM_IS_ABSENT,
    })),
  ];
}

/**
 * Returns the write that sets the counts of a previous version to zero, if they are still as they were read.
 * If seats are limited, no seat is left in this item.
 */
export function emptyFormerCounts(domainId: string, item: Item | undefined, { seats }: SeatCounts): Write {
  return {
    update: tombstoneKey(domainId),
    set: { ...NO_COUNTS, ...(seats !== undefined && { seats: 0 }) },
    condition: isUnchanged(item ?? {}),
  };
}

function isUnchanged(item: Item): Condition {
  const names = [...Object.keys(NO_COUNTS), 'seats', 'seatPolicy'];
  const conditions = names.map((name) =>
    item[name] === undefined ? `attribute_not_exists(#${name})` : `#${name} = :${name}Before`,
  );
  const values = names
    .filter((name) => item[name] !== undefined)
    .map((name) => [`${name}Before`, item[name]]);
  return {
    expression: ['attribute_not_exists(deletedAt)', ...conditions].join(' AND '),
    values: Object.fromEntries(values) as Record<string, unknown>,
  };
}
