import type { SeatCounts } from '../domains/counts';
import { optionalText } from '../table/read-item';
import type { Table } from '../table/table';
import { usageDayKey } from './usage-keys';
import { dateOf, UsageHistory } from './usage-history';

/**
 * Records the counts of all domains once a day. The first complete run of a day, in UTC, writes one item for
 * each domain. A run that did not reach all domains is repeated by the next, which writes the same items
 * again.
 */
export class UsageRecorder {
  private constructor(
    private readonly table: Table,
    private readonly date: string,
    private readonly isRecorded: boolean,
  ) {}

  /** Reads whether the day of `now` is recorded. */
  static async open(table: Table, now: Date): Promise<UsageRecorder> {
    const date = dateOf(now);
    const item = await table.get(usageDayKey);
    return new UsageRecorder(table, date, item !== undefined && optionalText(item, 'date') === date);
  }

  /** Stores the counts of a domain, unless the day is recorded or the domain is deleted. */
  async record(domainId: string, counts: SeatCounts): Promise<void> {
    if (this.isRecorded || counts.deletedAt !== undefined) return;
    const { users, activeLicenses, pendingLicenses, seats } = counts;
    await new UsageHistory(this.table, domainId).record({
      date: this.date,
      users,
      activeLicenses,
      pendingLicenses,
      ...(seats !== undefined && { seats }),
    });
  }

  /** Notes that all domains are recorded. */
  async finish(): Promise<void> {
    if (!this.isRecorded) await this.table.put({ ...usageDayKey, date: this.date });
  }
}
