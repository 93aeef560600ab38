import { readMailItem, type MailItem } from '../mail/mail-item';
import { mailKey, mailPartition } from '../table/mail-keys';
import type { Table } from '../table/table';

export interface HistoryPage {
  /** Newest first. */
  readonly entries: readonly MailItem[];
  /** The `mailId` after which the next page begins; absent at the end. */
  readonly next?: string;
}

/** Reads the changes of licenses, with the results of their emails. */
export class LicenseHistory {
  constructor(private readonly table: Table) {}

  /** Returns at most `limit` entries of a license that are older than the entry `after`. */
  async page(domainId: string, userId: string, limit: number, after?: string): Promise<HistoryPage> {
    const { items, next } = await this.table.query({
      pk: mailPartition(domainId),
      sortKey: { beginsWith: `${userId}#` },
      descending: true,
      limit,
      ...(after !== undefined && { after: mailKey(domainId, userId, after) }),
    });
    const entries = items.map((item) => readMailItem(domainId, item));
    const last = entries.at(-1);
    return { entries, ...(next && last && { next: last.mailId }) };
  }
}
