import { MembershipStore, type Member } from '../groups/membership';
import { writeMemberships } from '../groups/write-memberships';
import { groupHeadPartition, resourceKey } from '../table/keys';
import { keyOf } from '../table/read-item';
import type { Table } from '../table/table';
import { Pacer, type SweepContext, type SweepOutcome } from './sweep-context';

/** A transaction has at most 100 writes: two for each member. */
export const MEMBERSHIPS_PER_TRANSACTION = 50;

/**
 * The time between the starts of two transactions. A write of a user of 1 to 2 KB costs 2 to 4 units, and all
 * users of a domain share the 1,000 units a second of one partition. A sweep uses 200 to 400 of them, and
 * leaves the others to clients.
 */
export const GROUP_SWEEP_INTERVAL_MS = 500;

/**
 * Deletes the memberships of a deleted group, and its id from its users. Both sides of a membership go in one
 * transaction, and only if the membership still exists. So a sweep may stop at any point, start again, and
 * run twice at the same time.
 */
export async function sweepGroup(
  table: Table,
  domainId: string,
  groupId: string,
  context: SweepContext,
): Promise<SweepOutcome> {
  // Ids are never reused, so one check is enough.
  if (await table.get(resourceKey(domainId, 'GROUP', groupId), { attributes: ['pk'] })) return 'exists';
  // A previous version leaves the heads of a group behind. As long as they exist, members may join.
  const { items: heads } = await table.query({ pk: groupHeadPartition(domainId, groupId) });
  await table.deleteAll(heads.map(keyOf));
  const { now, onSwept } = context;
  const pacer = new Pacer(context, GROUP_SWEEP_INTERVAL_MS);
  for await (const page of new MembershipStore(table, domainId).pages(groupId)) {
    for (let first = 0; first < page.length; first += MEMBERSHIPS_PER_TRANSACTION) {
      if (!(await pacer.step())) return 'unfinished';
      const members = page.slice(first, first + MEMBERSHIPS_PER_TRANSACTION);
      onSwept(await removeMemberships(table, domainId, groupId, members, now()));
    }
  }
  return 'swept';
}

/** Returns how many of the memberships still existed. */
async function removeMemberships(
  table: Table,
  domainId: string,
  groupId: string,
  members: readonly Member[],
  now: Date,
): Promise<number> {
  let removed = 0;
  const edits = members.map(({ userId }) => ({ kind: 'remove', groupId, userId }) as const);
  await writeMemberships(table, domainId, edits, (written) => {
    removed = written.length;
    return { at: now.toISOString(), writes: [] };
  });
  return removed;
}
