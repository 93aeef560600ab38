import { flushLimitKey } from '../table/keys';
import { optionalNumber } from '../table/read-item';
import type { Table } from '../table/table';

/** The number of flushes that a domain can cause at once. */
export const FLUSH_BURST = 10;
/** The time after which a domain can cause one more flush. */
export const FLUSH_INTERVAL_MS = 60_000;

/** The attempts to count a flush while other requests of the domain count theirs. */
const ATTEMPTS = 5;

/**
 * Limits how often the administrators of a domain can flush the authorizer's cache, which all domains share. The item of a
 * domain has the time at which it can cause a whole burst again.
 */
export class FlushLimit {
  constructor(private readonly table: Table) {}

  /** Counts a flush. Returns 0, or the whole seconds until the domain can cause one; then nothing is counted. */
  async take(domainId: string, now: number): Promise<number> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const stored = optionalNumber((await this.table.get(flushLimitKey(domainId))) ?? {}, 'restedAt');
      const restedAt = Math.max(stored ?? 0, now) + FLUSH_INTERVAL_MS;
      const waitMs = restedAt - now - FLUSH_BURST * FLUSH_INTERVAL_MS;
      if (waitMs > 0) return Math.ceil(waitMs / 1_000);
      const { written } = await this.table.update(
        flushLimitKey(domainId),
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
