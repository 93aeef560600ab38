import type { ItemsHarness } from './items-harness';

/** A change of the table by hand, and the problems that a verification must report. */
export interface Corruption {
  readonly name: string;
  readonly make: (harness: ItemsHarness) => Promise<unknown>;
  readonly problems: readonly string[];
  /** `former`: after the repair, the table is as before the corruption. `manual`: nothing is repaired. */
  readonly repair: 'former' | 'other' | 'manual';
}
