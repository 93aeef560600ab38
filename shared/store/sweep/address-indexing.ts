import type { ResourceRecord } from '../resources/resource-record';
import { ResourceStore } from '../resources/resource-store';
import {
  ADDRESS_INDEX_COMPLETE,
  ADDRESS_INDEX_PROGRESS,
  ADDRESS_INDEX_REQUEST,
  addressIndexKey,
} from '../table/address-keys';
import { domainKey, resourceKey } from '../table/keys';
import { optionalText } from '../table/read-item';
import type { Table } from '../table/table';
import { inTransactions, ITEM_EXISTS, type Write } from '../table/write';
import { addressItemKeys } from '../resources/address-items';
import { Pacer, type SweepContext, type SweepOutcome } from './sweep-context';

/** Users per step. */
export const INDEXING_PAGE_SIZE = 100;

/**
 * The time between the starts of two steps. A step costs at most 200 to 400 write units of the partition of
 * the domain's users, which has 1,000 a second, and leaves the others to clients.
 */
export const INDEXING_INTERVAL_MS = 500;

/**
 * Creates the address items of the users of a domain that an earlier version wrote, and then records that all
 * exist. Changes of users keep the items exact from the start, so indexing may stop at any point, start
 * again, and run twice at the same time.
 */
export async function indexAddresses(
  table: Table,
  domainId: string,
  context: SweepContext,
): Promise<SweepOutcome> {
  const requestKey = addressIndexKey(domainId, ADDRESS_INDEX_REQUEST);
  const progressKey = addressIndexKey(domainId, ADDRESS_INDEX_PROGRESS);
  const completeKey = addressIndexKey(domainId, ADDRESS_INDEX_COMPLETE);
  if (!(await table.get(completeKey))) {
    const progress = await table.get(progressKey);
    const pacer = new Pacer(context, INDEXING_INTERVAL_MS);
    let after = progress && optionalText(progress, 'after');
    do {
      if (!(await pacer.step())) return 'unfinished';
      const { created, next } = await indexAddressPage(table, domainId, INDEXING_PAGE_SIZE, after);
      context.onSwept(created);
      if (next !== undefined) await table.put({ ...progressKey, after: next });
      after = next;
    } while (after !== undefined);
    // If the domain was deleted meanwhile, its sweep deletes everything else.
    await table.tryTransact([
      { check: domainKey(domainId), condition: ITEM_EXISTS },
      { put: { ...completeKey } },
    ]);
  }
  await table.deleteAll([requestKey, progressKey]);
  return 'swept';
}

export interface IndexedPage {
  /** The number of items that were missing and now exist. */
  readonly created: number;
  /** The id of the last user of the page; absent at the end. */
  readonly next?: string;
}

/** Creates the address items that at most `limit` users after the user `after` lack. */
export async function indexAddressPage(
  table: Table,
  domainId: string,
  limit: number,
  after?: string,
): Promise<IndexedPage> {
  const users = new ResourceStore(table, domainId, 'USER');
  const { records, next } = await users.page(limit, after);
  let created = 0;
  for (let pending: readonly ResourceRecord[] = records; pending.length > 0;) {
    const changed: string[] = [];
    for (const { elements, writes } of inTransactions(await missingItems(table, domainId, pending), unitOf)) {
      const failed = await table.tryTransact(writes);
      // A user who has changed is read again.
      if (failed.length > 0) changed.push(...elements.map(({ user }) => user.id));
      else created += elements.reduce((sum, { items }) => sum + items.length, 0);
    }
    pending = await users.getMany(changed);
  }
  return { created, ...(next !== undefined && { next }) };
}

interface MissingItems {
  readonly user: Pick<ResourceRecord, 'id' | 'version'>;
  readonly check: Write;
  readonly items: readonly Write[];
}

const unitOf = ({ check, items }: MissingItems): Write[] => [check, ...items];

/** Returns the users who lack items, with the items, on condition that the user has not changed. */
async function missingItems(
  table: Table,
  domainId: string,
  users: readonly ResourceRecord[],
): Promise<MissingItems[]> {
  const keysByUser = users.map((user) => ({ user, keys: addressItemKeys(domainId, user) }));
  const existing = await table.getAll(keysByUser.flatMap(({ keys }) => keys));
  const found = new Set(existing.map(({ pk, sk }) => JSON.stringify([pk, sk])));
  return keysByUser.flatMap(({ user, keys }) => {
    const missing = keys.filter(({ pk, sk }) => !found.has(JSON.stringify([pk, sk])));
    if (missing.length === 0) return [];
    const check: Write = {
      check: resourceKey(domainId, 'USER', user.id),
      condition: { expression: 'version = :version', values: { version: user.version } },
    };
    return [{ user, check, items: missing.map((key) => ({ put: { ...key } })) }];
  });
}
