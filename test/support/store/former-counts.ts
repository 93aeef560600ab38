import { countsPartition, tombstoneKey } from '../../../shared/store/table/keys';
import { readCounts, type Counts } from '../../../shared/store/domains/counts';
import { keyOf } from '../../../shared/store/table/read-item';
import type { Table } from '../../../shared/store/table/table';

/** Gives a domain the counts that the previous version would have written: one item, next to the domain. */
export async function giveFormerCounts(table: Table, domainId: string): Promise<void> {
  const { deletedAt: _, seats, seatPolicy, ...counts } = await readCounts(table, domainId);
  const { items } = await table.query({ pk: countsPartition(domainId) });
  await table.deleteAll(items.map(keyOf));
  await table.put({
    ...tombstoneKey(domainId),
    ...counts,
    ...(seats !== undefined && { seats, seatPolicy }),
  });
}

const SEAT_IS_FREE =
  'attribute_not_exists(seats) OR (activeLicenses < seats AND ' +
  '(attribute_not_exists(pendingLicenses) OR pendingLicenses = :none))';

/** Adds to the counts as the previous version does. Throws if no seat is free for an activation. */
export const countAsFormerVersion = (
  table: Table,
  domainId: string,
  change: Partial<Counts>,
): Promise<void> =>
  table.transact([
    {
      update: tombstoneKey(domainId),
      add: change,
      condition:
        (change.activeLicenses ?? 0) > 0
          ? {
              expression: `attribute_not_exists(deletedAt) AND (${SEAT_IS_FREE})`,
              values: { none: 0 },
            }
          : { expression: 'attribute_not_exists(deletedAt)' },
      conditionError: () => new Error('The previous version refuses the change.'),
    },
  ]);
