import { flushLimitKey } from '../table/keys';
import type { Table } from '../table/table';
import { BurstLimit } from './burst-limit';

/** The number of flushes that a domain can cause at once. */
export const FLUSH_BURST = 10;
/** The time after which a domain can cause one more flush. */
export const FLUSH_INTERVAL_MS = 60_000;

/**
 * Limits how often the owners of a domain, and the people with its setup links, can flush the authorizer's
 * cache, which all domains share.
 */
export class FlushLimit {
  private readonly limit: BurstLimit;

  constructor(table: Table) {
    this.limit = new BurstLimit(table, { burst: FLUSH_BURST, intervalMs: FLUSH_INTERVAL_MS });
  }

  /**
   * Counts a flush. Returns 0, or the whole seconds until the domain can cause one; then nothing is counted.
   */
  take(domainId: string, ofSetupLinks: boolean, now: number): Promise<number> {
    return this.limit.take(flushLimitKey(domainId, ofSetupLinks), 1, now);
  }
}
