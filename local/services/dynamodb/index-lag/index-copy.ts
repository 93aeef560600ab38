import { setTimeout as sleep } from 'node:timers/promises';
import { type EngineCall } from '../engine/call';
import type { WireItem } from '../front/wire';

/** DynamoDB's limit for one batch of writes. */
const BATCH_SIZE = 25;

interface Change {
  readonly dueAt: number;
  readonly id: string;
  readonly key: WireItem;
  /** Undefined if the item no longer belongs to an index. */
  readonly item: WireItem | undefined;
}

/**
 * A table that holds the indexed items of another table as they were some time ago. Its indexes are queried.
 */
export class IndexCopy {
  private readonly changes: Change[] = [];
  /** The items of the copy, and those that will be. */
  private readonly items = new Set<string>();
  private isApplying = false;
  private isStopped = false;

  constructor(
    readonly name: string,
    private readonly call: EngineCall,
    private readonly lagMs: number,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Returns whether the copy has an item, or will have it. */
  has(key: WireItem): boolean {
    return this.items.has(idOf(key));
  }

  /** Writes an item immediately. */
  async fill(items: readonly WireItem[], keyOf: (item: WireItem) => WireItem): Promise<void> {
    for (let at = 0; at < items.length; at += BATCH_SIZE) {
      const batch = items.slice(at, at + BATCH_SIZE);
      for (const item of batch) this.items.add(idOf(keyOf(item)));
      await this.write(batch.map((Item) => ({ PutRequest: { Item } })));
    }
  }

  /** Makes the state of an item visible after the lag. Undefined removes the item. */
  schedule(key: WireItem, item: WireItem | undefined): void {
    const id = idOf(key);
    if (!item && !this.items.has(id)) return;
    this.items.add(id);
    this.changes.push({ dueAt: Date.now() + this.lagMs, id, key, item });
    void this.apply();
  }

  stop(): void {
    this.isStopped = true;
  }

  private async apply(): Promise<void> {
    if (this.isApplying) return;
    this.isApplying = true;
    try {
      for (let [next] = this.changes; next && !this.isStopped; [next] = this.changes) {
        const wait = next.dueAt - Date.now();
        if (wait > 0) await sleep(wait, undefined, { ref: false });
        else await this.writeDue();
      }
    } catch (error) {
      if (!this.isStopped) this.onError(error);
    } finally {
      this.isApplying = false;
    }
  }

  /** Writes the changes that are due, in order. A batch must not contain an item twice. */
  private async writeDue(): Promise<void> {
    const now = Date.now();
    const batch = new Map<string, Change>();
    for (let [next] = this.changes; next && next.dueAt <= now; [next] = this.changes) {
      if (batch.size === BATCH_SIZE || batch.has(next.id)) break;
      batch.set(next.id, next);
      this.changes.shift();
    }
    await this.write(
      [...batch.values()].map(({ key, item }) =>
        item ? { PutRequest: { Item: item } } : { DeleteRequest: { Key: key } },
      ),
    );
    for (const { id, item } of batch.values())
      if (!item && !this.changes.some((later) => later.id === id)) this.items.delete(id);
  }

  private async write(writes: readonly object[]): Promise<void> {
    for (let left = writes; left.length > 0;) {
      const { UnprocessedItems = {} } = await this.call<{ UnprocessedItems?: Record<string, object[]> }>(
        'DynamoDB_20120810.BatchWriteItem',
        { RequestItems: { [this.name]: left } },
      );
      left = UnprocessedItems[this.name] ?? [];
    }
  }
}

const idOf = (key: WireItem): string =>
  JSON.stringify(Object.entries(key).sort(([a], [b]) => (a < b ? -1 : 1)));
