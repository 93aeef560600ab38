import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { batchDelete } from '../table/batch-delete';
import { DeletedDomains } from '../domains/deleted-domains';
import {
  auditPartition,
  claimKey,
  countsKey,
  domainKey,
  domainPartition,
  licensePartition,
  mailPartition,
  membershipKey,
  diagnosticPartition,
  outboxKey,
  pageMarkPartition,
  pendingPartition,
  ratePartition,
  resourcePartition,
  suppressedPartition,
  type ItemKey,
  type ResourceKind,
} from '../table/keys';
import { fromItem, nameOf, type ResourceRecord } from '../resources/resource-record';
import { Pacer, type SweepContext, type SweepOutcome } from './sweep-context';
import type { Table } from '../table/table';
import { tryTransact, type Write } from '../table/transaction';

/** Two writes for each resource, of the 100 that a transaction takes. */
export const RESOURCE_BATCH_SIZE = 50;
export const ITEM_BATCH_SIZE = 100;

/**
 * From the start of one step to that of the next. A step of resources costs 200 to 300 units, one of other items 100 to 200;
 * nobody else needs what the 1,000 a second of a deleted domain's partitions have left.
 */
export const DOMAIN_SWEEP_INTERVAL_MS = 250;

type Item = Record<string, unknown> & ItemKey;

/**
 * Takes away all that a deleted domain left behind, but for the tombstone in the place of its counts, which expires. What points
 * to other items goes after them, and in one transaction with a user's or a group's name only if it still is what was read: so
 * this may be stopped anywhere, begin again, and run twice at once, beside requests that came in before the deletion.
 */
export async function sweepDomain(
  table: Table,
  domainId: string,
  sweeping: SweepContext,
): Promise<SweepOutcome> {
  // Ids are never given twice: what holds now holds until the end.
  if (await domainExists(table, domainId)) return 'exists';
  const pace = new Pacer(sweeping, DOMAIN_SWEEP_INTERVAL_MS);
  // When the users are gone, nothing brings their licenses or events of them back.
  for (const kind of ['USER', 'GROUP'] as const) {
    if (!(await sweepResources(table, domainId, kind, pace, sweeping))) return 'unfinished';
  }
  for (const partition of partitionsOf(domainId)) {
    if (!(await sweepPartition(table, partition, pace, sweeping))) return 'unfinished';
  }
  await new DeletedDomains(table).markSwept(domainId, sweeping.now());
  return 'swept';
}

interface Partition {
  readonly pk: string;
  /** What else goes with an item: keys that no other item names. */
  readonly dependents?: (item: Item) => ItemKey[];
  readonly isKept?: (item: Item) => boolean;
}

/** All partitions but those of users, groups, and what is found by them. */
const partitionsOf = (domainId: string): Partition[] => [
  { pk: pendingPartition(domainId) },
  { pk: licensePartition(domainId) },
  { pk: mailPartition(domainId), dependents: (mail) => outboxItemOf(domainId, mail) },
  { pk: suppressedPartition(domainId) },
  { pk: diagnosticPartition(domainId) },
  { pk: auditPartition(domainId) },
  { pk: ratePartition(domainId) },
  ...['USER', 'GROUP'].flatMap((kind) =>
    ['', '#NAME', '#NAME#DESCENDING'].map((order) => ({ pk: pageMarkPartition(domainId, kind + order) })),
  ),
  { pk: domainPartition(domainId), isKept: ({ sk }) => sk === countsKey(domainId).sk },
];

/** The mail's entry in the outbox, which lies among those of all domains. */
function outboxItemOf(domainId: string, { sk, dueAt }: Item): ItemKey[] {
  const [userId = '', mailId = ''] = sk.split('#');
  return typeof dueAt === 'string' ? [outboxKey(dueAt, domainId, userId, mailId)] : [];
}

/** False where the time was up before all were gone. */
async function sweepPartition(
  table: Table,
  { pk, dependents: others = () => [], isKept = () => false }: Partition,
  pace: Pacer,
  { onSwept }: SweepContext,
): Promise<boolean> {
  for (;;) {
    const items = (await firstItems(table, pk, ITEM_BATCH_SIZE)).filter((item) => !isKept(item));
    if (items.length === 0) return true;
    if (!(await pace.step())) return false;
    await batchDelete(table, items.flatMap(others));
    await batchDelete(table, items);
    onSwept(items.length);
  }
}

/** The same for users or groups, with their names and memberships. */
async function sweepResources(
  table: Table,
  domainId: string,
  kind: ResourceKind,
  pace: Pacer,
  { onSwept }: SweepContext,
): Promise<boolean> {
  for (;;) {
    const items = await firstItems(table, resourcePartition(domainId, kind), RESOURCE_BATCH_SIZE);
    if (items.length === 0) return true;
    if (!(await pace.step())) return false;
    const records = items.map(fromItem);
    if (kind === 'USER')
      await batchDelete(
        table,
        records.flatMap((user) => membershipsOf(domainId, user)),
      );
    else for (const { id } of records) await deletePageMarks(table, domainId, id);
    const failed = await tryTransact(
      table,
      records.flatMap((record) => deletionWrites(domainId, kind, record)),
    );
    // Whoever changed meanwhile is read again.
    if (failed.length === 0) onSwept(records.length);
  }
}

const membershipsOf = (domainId: string, { id, groupIds }: ResourceRecord): ItemKey[] =>
  groupIds.map((groupId) => membershipKey(domainId, groupId, id));

/** Where pages of the group's members began. */
async function deletePageMarks(table: Table, domainId: string, groupId: string): Promise<void> {
  const pk = pageMarkPartition(domainId, `MEMBER#${groupId}`);
  for (;;) {
    const marks = await firstItems(table, pk, ITEM_BATCH_SIZE);
    if (marks.length === 0) return;
    await batchDelete(table, marks);
  }
}

const deletionWrites = (
  domainId: string,
  kind: ResourceKind,
  { id, attributes, version }: ResourceRecord,
): Write[] => [
  {
    Delete: {
      Key: { pk: resourcePartition(domainId, kind), sk: id },
      ConditionExpression: 'version = :version',
      ExpressionAttributeValues: { ':version': version },
    },
  },
  { Delete: { Key: claimKey(domainId, kind, nameOf(kind, attributes)) } },
];

async function firstItems(table: Table, pk: string, limit: number): Promise<Item[]> {
  const { Items = [] } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      ConsistentRead: true,
      Limit: limit,
    }),
  );
  return Items as Item[];
}

async function domainExists(table: Table, domainId: string): Promise<boolean> {
  const { Item } = await table.client.send(
    new GetCommand({
      TableName: table.name,
      Key: domainKey(domainId),
      ConsistentRead: true,
      ProjectionExpression: 'pk',
    }),
  );
  return Item !== undefined;
}
