import type { ItemUse } from './item-use';

/**
 * `inProgress`: the same transaction is already running. Otherwise, the positions of the items in conflict.
 */
export type Conflict = 'inProgress' | readonly number[];

/** The time for which DynamoDB recognizes the `ClientRequestToken` of a transaction. */
const TOKEN_MS = 10 * 60_000;

/**
 * The items that running requests use. Which requests conflict: DynamoDB Developer Guide, "Transactional
 * conflict handling in DynamoDB".
 */
export class ItemLocks {
  /** The transactions that write an item, by item. */
  private readonly transactions = new Map<string, ItemUse>();
  /** The number of writes of one item that are running, by item. */
  private readonly writes = new Map<string, number>();
  /** The times at which transactions succeeded, by their token. */
  private readonly succeeded = new Map<string, number>();

  constructor(private readonly now: () => number = Date.now) {}

  /** Returns the conflict that a request meets; undefined if it may run. */
  conflict(use: ItemUse): Conflict | undefined {
    if (use.token !== undefined) {
      // A repetition of a transaction that succeeded writes nothing.
      if (this.hasSucceeded(use.token)) return undefined;
      const isRunning = ({ token }: ItemUse) => token === use.token;
      if ([...this.transactions.values()].some(isRunning)) return 'inProgress';
    }
    const positions = [...use.items.keys()].filter((at) => this.isHeld(use, use.items[at] ?? ''));
    return positions.length > 0 ? positions : undefined;
  }

  /** Holds the items of a request that runs. The returned function releases them. */
  hold(use: ItemUse): (isSuccess: boolean) => void {
    switch (use.kind) {
      case 'transactRead':
        return () => {};
      case 'transactWrite':
        // A repetition of a transaction that succeeded may meet another transaction, which keeps its items.
        for (const item of use.items) if (!this.transactions.has(item)) this.transactions.set(item, use);
        return (isSuccess) => {
          for (const item of use.items)
            if (this.transactions.get(item) === use) this.transactions.delete(item);
          if (isSuccess && use.token !== undefined) this.succeeded.set(use.token, this.now());
        };
      default:
        for (const item of use.items) this.writes.set(item, (this.writes.get(item) ?? 0) + 1);
        return () => {
          for (const item of use.items) {
            const others = (this.writes.get(item) ?? 0) - 1;
            if (others > 0) this.writes.set(item, others);
            else this.writes.delete(item);
          }
        };
    }
  }

  private isHeld({ kind }: ItemUse, item: string): boolean {
    return this.transactions.has(item) || (kind === 'transactRead' && this.writes.has(item));
  }

  private hasSucceeded(token: string): boolean {
    for (const [known, at] of this.succeeded) {
      if (at > this.now() - TOKEN_MS) break;
      this.succeeded.delete(known);
    }
    return this.succeeded.has(token);
  }
}
