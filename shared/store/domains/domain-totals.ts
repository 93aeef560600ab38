import type { SeatCounts } from './counts';
import type { DomainStore } from './domain-store';

/** The sums over all domains. */
export interface DomainTotals {
  readonly activeLicenses: number;
  /** Licenses in the queue for a seat. */
  readonly waitingLicenses: number;
  /** The seats that are left in domains with a limited number. */
  readonly freeSeats: number;
}

export interface DomainTotalsOptions {
  readonly domains: Pick<DomainStore, 'page'>;
  readonly countsOf: (domainId: string) => Promise<SeatCounts>;
  readonly isTimeUp: () => boolean;
}

/** Domains that are read at the same time. */
const CONCURRENCY = 20;

/**
 * Adds up the counts of all domains, for one read unit each. Returns undefined if the time is up before the
 * last one.
 */
export async function sumDomains(options: DomainTotalsOptions): Promise<DomainTotals | undefined> {
  const { domains, countsOf, isTimeUp } = options;
  let totals: DomainTotals = { activeLicenses: 0, waitingLicenses: 0, freeSeats: 0 };
  let after: string | undefined;
  do {
    if (isTimeUp()) return undefined;
    const page = await domains.page(CONCURRENCY, after);
    const counts = await Promise.all(page.domains.map(({ domainId }) => countsOf(domainId)));
    totals = counts.reduce(add, totals);
    after = page.next;
  } while (after !== undefined);
  return totals;
}

const add = (totals: DomainTotals, counts: SeatCounts): DomainTotals => ({
  activeLicenses: totals.activeLicenses + counts.activeLicenses,
  waitingLicenses: totals.waitingLicenses + counts.pendingLicenses,
  freeSeats:
    totals.freeSeats + (counts.seats === undefined ? 0 : Math.max(0, counts.seats - counts.activeLicenses)),
});
