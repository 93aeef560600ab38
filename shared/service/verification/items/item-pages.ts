import { subscriptionsPartition } from '../../../store/table/event-keys';
import {
  administratorsPartition,
  managedUsersPartition,
  mappedAdministratorsPartition,
} from '../../../store/table/administrator-keys';
import type { Condition } from '../../../store/table/expressions';
import { addressIndexPartition } from '../../../store/table/address-keys';
import {
  countsPartition,
  domainPartition,
  groupHeadPartition,
  licensePartition,
  mappingsPartition,
  membershipPartition,
  resourcePartition,
  type ItemKey,
} from '../../../store/table/keys';
import { mailPartition, outboxPartition, suppressedUsersPartition } from '../../../store/table/mail-keys';
import { keyOf, type Item } from '../../../store/table/read-item';
import type { Table } from '../../../store/table/table';

/**
 * The place at which a verification continues: after a key of the whole table, or in a partition of the
 * domain. `group` is the last group of which the partitions were read, or the one that is being read.
 */
export type ItemPosition =
  | { readonly scanAfter: ItemKey | null }
  | { readonly section: number; readonly group: string | null; readonly after: string | null };

export interface ItemPage {
  readonly items: readonly (Item & ItemKey)[];
  readonly next?: ItemPosition;
}

/** The items of one page, also those that a filter leaves out. */
const SCAN_SIZE = 500;
const FILTERED_SCAN_SIZE = 5_000;
const PAGE_SIZE = 250;

const withKey = (item: Item): Item & ItemKey => ({ ...item, ...keyOf(item) });

/**
 * Reads the next items of the table; with `domainId`, only those that belong to the domain by a part of their
 * key.
 */
export async function scannedPage(
  table: Table,
  domainId: string | undefined,
  scanAfter: ItemKey | null,
): Promise<ItemPage> {
  const { items, next } = await table.scan({
    limit: domainId === undefined ? SCAN_SIZE : FILTERED_SCAN_SIZE,
    ...(domainId !== undefined && { filter: isOfDomain(domainId) }),
    ...(scanAfter && { after: scanAfter }),
  });
  return { items: items.map(withKey), ...(next && { next: { scanAfter: keyOf({ ...next }) } }) };
}

/**
 * An item may belong to a domain by its partition, by its sort key in a partition of all domains, or by an
 * attribute.
 */
const isOfDomain = (domainId: string): Condition => ({
  expression:
    'begins_with(#pk, :prefix) OR #pk = :domain OR begins_with(#sk, :id) OR ' +
    'begins_with(#sk, :role) OR begins_with(#sk, :mappedRole) OR #domainId = :id',
  values: {
    id: domainId,
    prefix: `${domainId}#`,
    domain: domainPartition(domainId),
    role: `ROLE#${domainId}`,
    mappedRole: `MAPPED-ROLE#${domainId}`,
  },
});

/** The partitions of a domain that have a list of all their items, in the order in which they are read. */
const SECTIONS: readonly ((domainId: string) => string)[] = [
  domainPartition,
  (domainId) => resourcePartition(domainId, 'USER'),
  (domainId) => resourcePartition(domainId, 'GROUP'),
  addressIndexPartition,
  managedUsersPartition,
  licensePartition,
  mailPartition,
  outboxPartition,
  mappingsPartition,
  subscriptionsPartition,
  administratorsPartition,
  mappedAdministratorsPartition,
  countsPartition,
  suppressedUsersPartition,
];
/** After them, the partitions of each group. */
const OF_GROUP: readonly ((domainId: string, groupId: string) => string)[] = [
  membershipPartition,
  groupHeadPartition,
];
const FIRST_OF_GROUP = SECTIONS.length;

/** The place at which a verification of the partitions of a domain begins. */
export const FIRST_SECTION: ItemPosition = { section: 0, group: null, after: null };

/** Reads the next items of the partitions of a domain. */
export async function partitionPage(
  table: Table,
  domainId: string,
  { section, group, after }: Exclude<ItemPosition, { readonly scanAfter: ItemKey | null }>,
): Promise<ItemPage> {
  const pk =
    SECTIONS[section]?.(domainId) ??
    (group === null ? undefined : OF_GROUP[section - FIRST_OF_GROUP]?.(domainId, group));
  if (pk === undefined) {
    const groupId = await groupAfter(table, domainId, group);
    return {
      items: [],
      ...(groupId !== undefined && { next: { section: FIRST_OF_GROUP, group: groupId, after: null } }),
    };
  }
  const { items, next } = await table.query({
    pk,
    limit: PAGE_SIZE,
    eventuallyConsistent: true,
    ...(after !== null && { after: { pk, sk: after } }),
  });
  const following = next ? { section, group, after: next.sk } : { section: section + 1, group, after: null };
  return { items: items.map(withKey), next: following };
}

async function groupAfter(table: Table, domainId: string, group: string | null): Promise<string | undefined> {
  const pk = resourcePartition(domainId, 'GROUP');
  const { items } = await table.query({
    pk,
    limit: 1,
    attributes: ['sk'],
    ...(group !== null && { after: { pk, sk: group } }),
  });
  return items[0] && withKey({ pk, ...items[0] }).sk;
}
