import type { Store } from './store.ts';

/** JSON values in a store. A value that cannot be read counts as missing. */
export class Records<T> {
  constructor(
    private readonly store: Store,
    private readonly prefix: string,
  ) {}

  async read(name: string): Promise<T | undefined> {
    const text = await this.store.read(this.prefix + name);
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text) as T;
    } catch {
      return undefined;
    }
  }

  write(name: string, value: T): Promise<void> {
    return this.store.write(this.prefix + name, JSON.stringify(value));
  }

  remove(name: string): Promise<void> {
    return this.store.remove(this.prefix + name);
  }
}

/** Runs one task at a time for each name, so that two callers do not write the same record. */
export class Turns {
  private readonly last = new Map<string, Promise<unknown>>();

  take<T>(name: string, task: () => Promise<T>): Promise<T> {
    const turn = (this.last.get(name) ?? Promise.resolve()).then(task, task);
    this.last.set(name, turn);
    const forget = () => {
      if (this.last.get(name) === turn) this.last.delete(name);
    };
    turn.then(forget, forget);
    return turn;
  }
}
