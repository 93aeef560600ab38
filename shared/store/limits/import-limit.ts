import { ratePartition, type ItemKey } from '../table/keys';
import type { Table } from '../table/table';
import { BurstLimit } from './burst-limit';

/** The number of rows that a domain can import at once. */
export const IMPORT_BURST = 1_000;
/** The time after which a domain can import one more row: 40 rows a second. */
const IMPORT_INTERVAL_MS = 25;

/** Its sort key is after those of the minutes. */
const importLimitKey = (domainId: string): ItemKey => ({ pk: ratePartition(domainId), sk: 'IMPORT' });

/**
 * Limits the rows that all administrators of a domain import together. So the imports of a domain occupy only
 * a few of the concurrent executions that all domains share.
 */
export class ImportLimit {
  private readonly limit: BurstLimit;

  constructor(table: Table) {
    this.limit = new BurstLimit(table, { burst: IMPORT_BURST, intervalMs: IMPORT_INTERVAL_MS });
  }

  /** Counts rows. Returns 0, or the whole seconds until they can be imported; then nothing is counted. */
  take(domainId: string, rows: number, now: number): Promise<number> {
    return this.limit.take(importLimitKey(domainId), rows, now);
  }
}
