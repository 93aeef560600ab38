import { compareTexts, type StoredItem, type StoredKey } from './values';

/**
 * The items of a table. A partition is sorted when it is read for the first time after a change of its keys.
 */
export class SortedItems {
  private readonly partitions = new Map<string, Map<string, StoredItem>>();
  private readonly orders = new Map<string, readonly string[]>();

  /** Returns whether a partition has items. */
  has(pk: string): boolean {
    return (this.partitions.get(pk)?.size ?? 0) > 0;
  }

  get({ pk, sk }: StoredKey): StoredItem | undefined {
    return this.partitions.get(pk)?.get(sk);
  }

  /** Stores an item, or removes it if `item` is undefined. */
  set({ pk, sk }: StoredKey, item: StoredItem | undefined): void {
    const partition = this.partitions.get(pk) ?? new Map<string, StoredItem>();
    this.partitions.set(pk, partition);
    if (partition.has(sk) !== (item !== undefined)) this.orders.delete(pk);
    if (item) partition.set(sk, item);
    else partition.delete(sk);
  }

  /** Yields the items of a partition after the sort key `after`, in the order of sort keys or against it. */
  *partition(pk: string, isForward = true, after?: string): Generator<StoredItem> {
    const partition = this.partitions.get(pk);
    if (!partition) return;
    let order = this.orders.get(pk);
    if (!order) this.orders.set(pk, (order = [...partition.keys()].sort(compareTexts)));
    for (const sk of isForward ? order : [...order].reverse()) {
      const position = after === undefined ? 1 : compareTexts(sk, after) * (isForward ? 1 : -1);
      const item = position > 0 ? partition.get(sk) : undefined;
      if (item) yield item;
    }
  }
}
