import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { resourceKey } from '../table/keys';
import { MembershipStore, type Member } from '../groups/membership';
import { Pacer, type SweepContext, type SweepOutcome } from './sweep-context';
import type { Table } from '../table/table';
import { writeMemberships } from '../groups/write-memberships';

/** DynamoDB takes 100 writes in a transaction: two for each member. */
export const MEMBERSHIPS_PER_TRANSACTION = 50;

/**
 * From the start of one transaction to that of the next. A user of 1 to 2 KB costs 2 to 4 units to write, and all users of
 * a domain share the 1,000 a second of one partition: a sweep takes 200 to 400 of them, and leaves the others to clients.
 */
export const GROUP_SWEEP_INTERVAL_MS = 500;

/**
 * Takes away what a deleted group left behind: its memberships, and its id on the users' side of each. Both go in one
 * transaction, and only where the membership is still there: so it may be stopped anywhere, begin again, and run twice at once.
 */
export async function sweepGroup(
  table: Table,
  domainId: string,
  groupId: string,
  sweeping: SweepContext,
): Promise<SweepOutcome> {
  // Ids are never given twice, and nobody enters a group that is gone: what holds now holds until the end.
  if (await groupExists(table, domainId, groupId)) return 'exists';
  const { now, onSwept } = sweeping;
  const pace = new Pacer(sweeping, GROUP_SWEEP_INTERVAL_MS);
  for await (const page of new MembershipStore(table, domainId).pages(groupId)) {
    for (let first = 0; first < page.length; first += MEMBERSHIPS_PER_TRANSACTION) {
      if (!(await pace.step())) return 'unfinished';
      onSwept(
        await removeMemberships(
          table,
          domainId,
          groupId,
          page.slice(first, first + MEMBERSHIPS_PER_TRANSACTION),
          now(),
        ),
      );
    }
  }
  return 'swept';
}

/** Returns how many of the memberships were still there. */
async function removeMemberships(
  table: Table,
  domainId: string,
  groupId: string,
  members: readonly Member[],
  now: Date,
): Promise<number> {
  let taken = 0;
  const edits = members.map(({ userId }) => ({ kind: 'remove', groupId, userId }) as const);
  await writeMemberships(table, domainId, edits, (written) => {
    taken = written.length;
    return { at: now.toISOString(), writes: [] };
  });
  return taken;
}

async function groupExists(table: Table, domainId: string, groupId: string): Promise<boolean> {
  const { Item } = await table.client.send(
    new GetCommand({
      TableName: table.name,
      Key: resourceKey(domainId, 'GROUP', groupId),
      ConsistentRead: true,
      ProjectionExpression: 'pk',
    }),
  );
  return Item !== undefined;
}
