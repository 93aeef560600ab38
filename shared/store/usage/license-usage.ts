import { readCounts } from '../domains/counts';
import type { Table } from '../table/table';
import { dateOf, type DayUsage, firstDateOf, UsageHistory } from './usage-history';

/**
 * Returns the counts of a domain on the last `days` days, oldest first. The last day is that of `now`, with
 * the current counts, so that a new domain has data at once. The other days have the counts of their first
 * hour.
 */
export async function readLicenseUsage(
  table: Table,
  domainId: string,
  days: number,
  now: Date,
): Promise<DayUsage[]> {
  const today = dateOf(now);
  const [recorded, counts] = await Promise.all([
    new UsageHistory(table, domainId).between(firstDateOf(days, now), today),
    readCounts(table, domainId),
  ]);
  const { users, activeLicenses, pendingLicenses, seats } = counts;
  return [
    ...recorded.filter(({ date }) => date < today),
    { date: today, users, activeLicenses, pendingLicenses, ...(seats !== undefined && { seats }) },
  ];
}
