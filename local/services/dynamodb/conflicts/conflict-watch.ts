import type { ItemUse } from './item-use';

/**
 * The requests of one function that use items in one way: how many were sent to the engine, and how many were
 * refused.
 */
export interface ConflictCount {
  /** The name of the function, or of the program. */
  readonly function: string;
  readonly kind: ItemUse['kind'];
  /** Requests that wrote. */
  readonly committed: number;
  /** Requests that were refused because of another request. */
  readonly refused: number;
  /** The number of committed requests that used the item which most of them used. */
  readonly busiest: number;
}

export interface WatchOptions {
  /** If false, requests that use such items never conflict, but take as long. The default is true. */
  readonly refuses?: boolean;
  /** Milliseconds for which transactions hold such items, instead of the system's time. */
  readonly holdMs?: number;
}

interface Watched extends WatchOptions {
  readonly counts: Map<string, Counter>;
}

/**
 * The requests of one function and kind. `uses` is the number of committed requests that used an item, by
 * item.
 */
interface Counter {
  readonly function: string;
  readonly kind: ItemUse['kind'];
  committed: number;
  refused: number;
  readonly uses: Map<string, number>;
}

/**
 * Counts the conflicts of chosen items, for benchmarks. Items are chosen by a text in their key, such as a
 * domain id.
 */
export class ConflictWatch {
  private readonly watched = new Map<string, Watched>();

  /** Counts from now on. */
  start(text: string, options: WatchOptions = {}): void {
    this.watched.set(text, { ...options, counts: new Map() });
  }

  /** Ends the watch, and returns its counts. */
  stop(text: string): ConflictCount[] {
    const counters = [...(this.watched.get(text)?.counts.values() ?? [])];
    this.watched.delete(text);
    return counters.map(({ uses, ...counts }) => ({
      ...counts,
      busiest: [...uses.values()].reduce((most, each) => Math.max(most, each), 0),
    }));
  }

  /** Returns whether a request with these items may be refused. */
  refuses({ items }: ItemUse): boolean {
    return this.of(items).every(({ refuses = true }) => refuses);
  }

  /**
   * Returns the milliseconds for which a transaction holds these items; undefined if it is the system's time.
   */
  holdMs({ items }: ItemUse): number | undefined {
    return this.of(items).find(({ holdMs }) => holdMs !== undefined)?.holdMs;
  }

  record(caller: string, { kind, items }: ItemUse, outcome: 'committed' | 'refused'): void {
    for (const { counts } of this.of(items)) {
      const key = `${caller} ${kind}`;
      const counter = counts.get(key) ?? newCounter(caller, kind);
      counts.set(key, counter);
      counter[outcome]++;
      if (outcome === 'committed')
        for (const item of items) counter.uses.set(item, (counter.uses.get(item) ?? 0) + 1);
    }
  }

  private of(items: readonly string[]): Watched[] {
    if (this.watched.size === 0) return [];
    return [...this.watched]
      .filter(([text]) => items.some((item) => item.includes(text)))
      .map(([, each]) => each);
  }
}

const newCounter = (caller: string, kind: ItemUse['kind']): Counter => ({
  ...{ function: caller, kind, committed: 0, refused: 0 },
  uses: new Map(),
});
