export interface RefreshedValueOptions<T> {
  readonly read: () => Promise<T>;
  /** The time after which the value is read again, if it is used. @default five minutes */
  readonly refreshMs?: number;
  /** Called if the value cannot be read again. What was read before is used. */
  readonly onFailed: (error: unknown) => void;
}

const REFRESH_MS = 300_000;
/** The time until the next attempt if the value could not be read again. */
const RETRY_MS = 10_000;

/** A value that changes while functions run, such as a secret that an operator rotates. */
export class RefreshedValue<T> {
  private cached: { readonly value: T } | undefined;
  /** The time of the next read. */
  private due = -Infinity;
  private reading: Promise<void> | undefined;

  constructor(private readonly options: RefreshedValueOptions<T>) {}

  /** Returns the value, which was read at most five minutes ago. Throws if it has never been read. */
  async at(now: Date): Promise<T> {
    const time = now.getTime();
    if (time >= this.due)
      await (this.reading ??= this.refresh(time).finally(() => (this.reading = undefined)));
    if (!this.cached) throw new Error('The value was not read.');
    return this.cached.value;
  }

  private async refresh(time: number): Promise<void> {
    const { read, refreshMs = REFRESH_MS, onFailed } = this.options;
    try {
      this.cached = { value: await read() };
      this.due = time + refreshMs;
    } catch (error) {
      if (!this.cached) throw error;
      onFailed(error);
      this.due = time + Math.min(refreshMs, RETRY_MS);
    }
  }
}
