import type { ItemKey } from '../table/keys';
import { optionalNumber } from '../table/read-item';
import type { Table } from '../table/table';

interface Burst {
  /** The number of units that can be used at once. */
  readonly burst: number;
  /** The time after which one more unit can be used. */
  readonly intervalMs: number;
}

/** The attempts to count units while other requests count theirs. */
const ATTEMPTS = 5;

/** Limits a rate. The item of a key has the time at which a whole burst can be used again. */
export class BurstLimit {
  constructor(
    private readonly table: Table,
    private readonly options: Burst,
  ) {}

  /** Counts units. Returns 0, or the whole seconds until they can be used; then nothing is counted. */
  async take(key: ItemKey, units: number, now: number): Promise<number> {
    const { burst, intervalMs } = this.options;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const stored = optionalNumber((await this.table.get(key)) ?? {}, 'restedAt');
      const restedAt = Math.max(stored ?? 0, now) + units * intervalMs;
      const waitMs = restedAt - now - burst * intervalMs;
      if (waitMs > 0) return Math.ceil(waitMs / 1_000);
      const { written } = await this.table.update(
        key,
        { set: { restedAt, ttl: Math.ceil(restedAt / 1_000) } },
        {
          condition:
            stored === undefined
              ? { expression: 'attribute_not_exists(restedAt)' }
              : { expression: 'restedAt = :stored', values: { stored } },
        },
      );
      if (written) return 0;
    }
    return 1;
  }
}
