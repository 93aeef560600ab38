import type { SeatCounts } from '../../../shared/store/domains/counts';
import { sumDomains } from '../../../shared/store/domains/domain-totals';

const counts = (activeLicenses: number, pendingLicenses = 0, seats?: number): SeatCounts => ({
  users: 0,
  groups: 0,
  activeLicenses,
  pendingLicenses,
  seatPolicy: 'wait',
  ...(seats !== undefined && { seats }),
});

const COUNTS: Readonly<Record<string, SeatCounts>> = {
  unlimited: counts(100),
  full: counts(50, 7, 50),
  spacious: counts(10, 0, 25),
  // The seats were lowered below the active licenses.
  indebted: counts(30, 0, 20),
};

/** Pages of two domains. */
const page = (_limit: number, after?: string) => {
  const ids = Object.keys(COUNTS);
  const start = after === undefined ? 0 : ids.indexOf(after) + 1;
  const domains = ids.slice(start, start + 2).map((domainId) => ({ domainId, name: domainId }));
  const next = start + 2 < ids.length ? ids[start + 1] : undefined;
  return Promise.resolve({ domains, ...(next !== undefined && { next }) });
};
const countsOf = (domainId: string) => Promise.resolve(COUNTS[domainId] ?? counts(0));

it('adds up the licenses and seats of all pages', async () => {
  expect(await sumDomains({ domains: { page }, countsOf, isTimeUp: () => false })).toEqual({
    activeLicenses: 190,
    waitingLicenses: 7,
    freeSeats: 15,
  });
});

it('returns nothing rather than a part if the time is up', async () => {
  let reads = 0;
  const isTimeUp = () => ++reads > 1;
  expect(await sumDomains({ domains: { page }, countsOf, isTimeUp })).toBeUndefined();
});
