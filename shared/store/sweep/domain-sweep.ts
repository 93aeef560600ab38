import {
  administratorsPartition,
  managedUsersPartition,
  mappedAdministratorsPartition,
} from '../table/administrator-keys';
import { headDeletes } from '../groups/group-heads';
import { ConsumerStore } from '../consumers/consumer-store';
import { DeletedDomains } from '../domains/deleted-domains';
import { readResourceItem, storedNameKey, type ResourceRecord } from '../resources/resource-record';
import { addressIndexPartition } from '../table/address-keys';
import {
  assertionPartition,
  auditPartition,
  claimKey,
  countsPartition,
  diagnosticPartition,
  domainKey,
  domainPartition,
  licensePartition,
  mappingsPartition,
  membershipKey,
  pageMarkPartition,
  pendingPartition,
  ratePartition,
  requestPartition,
  resourceKey,
  resourcePartition,
  tombstoneKey,
  type ItemKey,
  type ResourceKind,
} from '../table/keys';
import { eventsPartition, subscriptionsPartition } from '../table/event-keys';
import {
  mailBudgetPartition,
  mailPartition,
  outboxPartition,
  suppressedPartition,
  suppressedUsersPartition,
} from '../table/mail-keys';
import type { Condition } from '../table/expressions';
import { keyOf, type Item } from '../table/read-item';
import type { Table } from '../table/table';
import { usagePartition } from '../usage/usage-keys';
import { webhookPartitionsOf } from '../webhooks/webhook-keys';
import { inTransactions, type Write } from '../table/write';
import { addressItemKeys } from '../resources/address-items';
import { deleteMappedRoles, deleteRoles } from './administrator-sweep';
import { Pacer, type SweepContext, type SweepOutcome } from './sweep-context';

/** A transaction has at most 100 writes: two for most resources. */
export const RESOURCE_BATCH_SIZE = 50;
export const ITEM_BATCH_SIZE = 100;

/**
 * The time between the starts of two steps. A step of resources costs 200 to 300 write units, a step of other
 * items 100 to 200. Nobody else needs the 1,000 units a second of a deleted domain's partitions.
 */
export const DOMAIN_SWEEP_INTERVAL_MS = 250;

/**
 * Deletes the data of a deleted domain, except the tombstone in place of its counts, which expires. Items
 * that point to other items are deleted after them. A user or group is deleted in one transaction with its
 * name claim and address items, and only if it has not changed since it was read. So a sweep may stop at any
 * point, start again, and run twice at the same time, beside requests that began before the deletion.
 */
export async function sweepDomain(
  table: Table,
  domainId: string,
  context: SweepContext,
): Promise<SweepOutcome> {
  const outcome = await deleteData(table, domainId, context);
  if (outcome === 'swept') await new DeletedDomains(table).markSwept(domainId, context.now());
  return outcome;
}

/**
 * Sweeps a deleted domain once more, after all requests have ended that were in progress when it was deleted.
 * Such a request cannot write users or groups, but it may write emails, diagnostics, requests, rate counters,
 * and usage after the first sweep has passed them.
 */
export async function sweepLeftovers(
  table: Table,
  domainId: string,
  context: SweepContext,
): Promise<SweepOutcome> {
  const outcome = await deleteData(table, domainId, context);
  if (outcome === 'swept') await new DeletedDomains(table).markLeftoversSwept(domainId, context.now());
  return outcome;
}

async function deleteData(table: Table, domainId: string, context: SweepContext): Promise<SweepOutcome> {
  // Ids are never reused, so one check is enough.
  if (await table.get(domainKey(domainId), { attributes: ['pk'] })) return 'exists';
  const pacer = new Pacer(context, DOMAIN_SWEEP_INTERVAL_MS);
  // Users come first: without them, no request can write their licenses or events again.
  for (const kind of ['USER', 'GROUP'] as const) {
    if (!(await sweepResources(table, domainId, kind, pacer, context))) return 'unfinished';
  }
  await new ConsumerStore(table).removeAll(domainId);
  for (const partition of partitionsOf(domainId)) {
    if (!(await sweepPartition(table, partition, pacer, context))) return 'unfinished';
  }
  return 'swept';
}

interface Partition {
  readonly pk: string;
  /** Deletes what points to the items, before they are deleted. */
  readonly before?: (table: Table, items: readonly Item[], now: Date) => Promise<void>;
  readonly isKept?: (item: Item) => boolean;
}

/** Returns all partitions except those of users, groups, and their dependents. */
const partitionsOf = (domainId: string): Partition[] => [
  {
    pk: administratorsPartition(domainId),
    before: (table, items, now) => deleteRoles(table, domainId, items, now),
  },
  {
    pk: mappedAdministratorsPartition(domainId),
    before: (table, items, now) => deleteMappedRoles(table, domainId, items, now),
  },
  { pk: addressIndexPartition(domainId) },
  { pk: managedUsersPartition(domainId) },
  { pk: pendingPartition(domainId) },
  { pk: licensePartition(domainId) },
  { pk: mailPartition(domainId) },
  { pk: outboxPartition(domainId) },
  { pk: mailBudgetPartition(domainId) },
  { pk: suppressedPartition(domainId) },
  // A user is added only to an address that exists.
  { pk: suppressedUsersPartition(domainId) },
  { pk: assertionPartition(domainId) },
  ...webhookPartitionsOf(domainId).map((pk) => ({ pk })),
  { pk: diagnosticPartition(domainId) },
  { pk: auditPartition(domainId) },
  { pk: ratePartition(domainId) },
  { pk: requestPartition(domainId, 'accepted') },
  { pk: requestPartition(domainId, 'refused') },
  { pk: mappingsPartition(domainId) },
  { pk: subscriptionsPartition(domainId) },
  { pk: eventsPartition(domainId) },
  { pk: usagePartition(domainId) },
  { pk: countsPartition(domainId) },
  ...['USER', 'GROUP'].flatMap((kind) =>
    ['', '#NAME', '#NAME#DESCENDING'].map((order) => ({ pk: pageMarkPartition(domainId, kind + order) })),
  ),
  { pk: domainPartition(domainId), isKept: ({ sk }) => sk === tombstoneKey(domainId).sk },
];

/** Deletes the items of a partition. Returns false if the time was up before the end. */
async function sweepPartition(
  table: Table,
  { pk, isKept = () => false, before }: Partition,
  pacer: Pacer,
  { now, onSwept }: SweepContext,
): Promise<boolean> {
  for (;;) {
    const { items: first } = await table.query({ pk, limit: ITEM_BATCH_SIZE });
    const items = first.filter((item) => !isKept(item));
    if (items.length === 0) return true;
    if (!(await pacer.step())) return false;
    await before?.(table, items, now());
    await table.deleteAll(items.map(keyOf));
    onSwept(items.length);
  }
}

/**
 * Deletes users or groups with their names, addresses, and memberships. Returns false if the time was up
 * before the end.
 */
async function sweepResources(
  table: Table,
  domainId: string,
  kind: ResourceKind,
  pacer: Pacer,
  { onSwept }: SweepContext,
): Promise<boolean> {
  for (;;) {
    const pk = resourcePartition(domainId, kind);
    const { items } = await table.query({ pk, limit: RESOURCE_BATCH_SIZE });
    if (items.length === 0) return true;
    const records = items.map(readResourceItem);
    for (const { elements, writes } of inTransactions(records, (record) =>
      deletionWrites(domainId, kind, record),
    )) {
      if (!(await pacer.step())) return false;
      if (kind === 'USER') await table.deleteAll(elements.flatMap((user) => membershipsOf(domainId, user)));
      else for (const { id } of elements) await deletePageMarks(table, domainId, id);
      const failed = await table.tryTransact(writes);
      // If a resource has changed, the next round reads it again.
      if (failed.length === 0) onSwept(elements.length);
    }
  }
}

const membershipsOf = (domainId: string, { id, groupIds }: ResourceRecord): ItemKey[] =>
  groupIds.map((groupId) => membershipKey(domainId, groupId, id));

/** Deletes the page marks in the list of a group's members. */
async function deletePageMarks(table: Table, domainId: string, groupId: string): Promise<void> {
  const pk = pageMarkPartition(domainId, `MEMBER#${groupId}`);
  for (;;) {
    const { items } = await table.query({ pk, limit: ITEM_BATCH_SIZE });
    if (items.length === 0) return;
    await table.deleteAll(items.map(keyOf));
  }
}

const deletionWrites = (domainId: string, kind: ResourceKind, record: ResourceRecord): Write[] => [
  {
    delete: resourceKey(domainId, kind, record.id),
    condition: isUnchanged(record),
  },
  ...headDeletes(domainId, record),
  { delete: claimKey(domainId, kind, storedNameKey(kind, record)) },
  ...(kind === 'USER' ? addressItemKeys(domainId, record).map((key) => ({ delete: key })) : []),
];

/** A group may become spread without a new version. Its heads must not stay behind. */
const isUnchanged = ({ version, headCount }: ResourceRecord): Condition => ({
  expression: `version = :version${headCount === undefined ? ' AND attribute_not_exists(heads)' : ''}`,
  values: { version },
});
