import type { SeatCounts } from '../domains/counts';
import { number, optionalNumber, text, type Item } from '../table/read-item';
import type { Table } from '../table/table';
import { usageKey, usagePartition } from './usage-keys';

/** The number of days for which the counts of a domain are kept: a year, and a month to compare it with. */
export const USAGE_DAYS = 400;

const DAY_MS = 86_400_000;

/** The counts of a domain on one day. */
export interface DayUsage extends Pick<SeatCounts, 'users' | 'activeLicenses' | 'pendingLicenses' | 'seats'> {
  /** YYYY-MM-DD, UTC. */
  readonly date: string;
}

/** Returns the date in UTC. */
export const dateOf = (time: Date): string => time.toISOString().slice(0, 10);

/** Returns the first of this many days, of which the last is that of `now`. */
export const firstDateOf = (days: number, now: Date): string =>
  dateOf(new Date(now.getTime() - (days - 1) * DAY_MS));

/**
 * The counts of one domain on each day. A day has one small item, so a year of them is read with one query.
 */
export class UsageHistory {
  constructor(
    private readonly table: Table,
    private readonly domainId: string,
  ) {}

  /** Stores the counts of a day, in place of earlier ones of this day. */
  async record({ date, ...counts }: DayUsage): Promise<void> {
    const ttl = Math.floor(Date.parse(date) / 1000) + USAGE_DAYS * (DAY_MS / 1000);
    await this.table.put({ ...usageKey(this.domainId, date), ...counts, ttl });
  }

  /**
   * Returns the recorded days between two dates, oldest first. A day on which nothing was recorded is absent.
   */
  async between(first: string, last: string): Promise<DayUsage[]> {
    const days: DayUsage[] = [];
    if (first > last) return days;
    const pages = this.table.pages({
      pk: usagePartition(this.domainId),
      sortKey: { between: [first, last] },
    });
    for await (const items of pages) days.push(...items.map(readDay));
    return days;
  }
}

function readDay(item: Item): DayUsage {
  const seats = optionalNumber(item, 'seats');
  return {
    date: text(item, 'sk'),
    users: number(item, 'users'),
    activeLicenses: number(item, 'activeLicenses'),
    pendingLicenses: number(item, 'pendingLicenses'),
    ...(seats !== undefined && { seats }),
  };
}
