import type { TemplateCounts } from '../template-counts';
import type { Workload } from '../workload';

/**
 * The source of a quantity: a test measures it, it is counted in the templates, or it is assumed. A product
 * of several numbers has the weakest of their sources.
 */
type Basis = 'measured' | 'counted' | 'assumed';

/** A quantity that AWS bills. */
export interface UsageLine {
  readonly priceId: string;
  readonly quantity: number;
  readonly basis: Basis;
  /** The parts of the quantity. */
  readonly note: string;
}

/** A stage with its load. */
export interface Situation {
  readonly counts: TemplateCounts;
  readonly workload: Workload;
  readonly auditRetentionDays: number;
}
