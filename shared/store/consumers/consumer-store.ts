import {
  CHANGE_CONSUMERS_PARTITION,
  consumerAt,
  consumerPrefix,
  consumersStateKey,
  eventsConsumerKey,
  mappingsConsumerKey,
  type ConsumerName,
} from '../table/event-keys';
import type { ItemKey } from '../table/keys';
import { keyOf, optionalFlag, optionalNumber, type Item } from '../table/read-item';
import type { Table } from '../table/table';
import { MAX_TRANSACTION_WRITES, type Write } from '../table/write';

/** A consumer of changes, as it is stored. */
export interface Consumer extends ConsumerName {
  /** Whether a subscription gets resources before and after their change, and not only their ids. */
  readonly full: boolean;
  /**
   * Whether a product reads the feed of a subscription, so that nothing is delivered. False for those of
   * earlier versions.
   */
  readonly pulls: boolean;
}

/**
 * Returns the writes that let the dispatcher know that a domain has mappings. They belong to the transaction
 * of the mappings. Call `awaitDispatchers` after it. The consumer stays after the last mapping is removed,
 * because that change is evaluated, too. It ends with the domain.
 */
export const addMappingsConsumer = (domainId: string): Write[] => added(mappingsConsumerKey(domainId), {});

/**
 * Returns the writes that let the dispatcher know of a subscription, or of a change of its `full`. They
 * belong to the transaction of the subscription. Call `awaitDispatchers` after it.
 */
export const addEventsConsumer = (
  scope: string,
  subscriptionId: string,
  { full, pulls }: Pick<Consumer, 'full' | 'pulls'>,
): Write[] => added(eventsConsumerKey(scope, subscriptionId), { full, ...(pulls && { pulls }) });

/** Returns the writes for a subscription that ends. They belong to the transaction that deletes it. */
export const removeEventsConsumer = (scope: string, subscriptionId: string): Write[] =>
  removed(eventsConsumerKey(scope, subscriptionId));

/** The version makes dispatchers read the list again. */
const NEXT_VERSION: Write = { update: consumersStateKey, add: { version: 1 } };

const added = (key: ItemKey, attributes: Item): Write[] => [{ put: { ...key, ...attributes } }, NEXT_VERSION];
const removed = (key: ItemKey): Write[] => [{ delete: key }, NEXT_VERSION];

/** The last write of a transaction is that of the version. */
const DELETES_AT_ONCE = MAX_TRANSACTION_WRITES - 1;

/** The list of all consumers of changes. It has a version, so that a reader can keep it. */
export class ConsumerStore {
  constructor(private readonly table: Table) {}

  /** Returns the version of the list: 0 if there has never been a consumer. */
  async version(): Promise<number> {
    const item = await this.table.get(consumersStateKey);
    return item ? (optionalNumber(item, 'version') ?? 0) : 0;
  }

  /** Returns all consumers, of all domains and of the deployment. */
  async readAll(): Promise<Consumer[]> {
    const consumers: Consumer[] = [];
    for await (const items of this.table.pages({ pk: CHANGE_CONSUMERS_PARTITION })) {
      consumers.push(...items.flatMap((item) => readConsumer(item) ?? []));
    }
    return consumers;
  }

  /** Removes the consumers of a deleted domain. */
  async removeAll(domainId: string): Promise<void> {
    const sortKey = { beginsWith: consumerPrefix(domainId) };
    const keys: ItemKey[] = [];
    for await (const items of this.table.pages({ pk: CHANGE_CONSUMERS_PARTITION, sortKey }))
      keys.push(...items.map(keyOf));
    for (let first = 0; first < keys.length; first += DELETES_AT_ONCE) {
      const deletes = keys.slice(first, first + DELETES_AT_ONCE).map((key) => ({ delete: key }));
      await this.table.transact([...deletes, NEXT_VERSION]);
    }
  }
}

function readConsumer(item: Item): Consumer | undefined {
  const name = consumerAt(keyOf(item).sk);
  const flagOf = (attribute: string) => optionalFlag(item, attribute) ?? false;
  return name && { ...name, full: flagOf('full'), pulls: flagOf('pulls') };
}
