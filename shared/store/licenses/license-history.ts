import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { mailKey, mailPartition } from '../table/keys';
import { fromMailItem, type MailItem } from '../mail/mail-item';
import type { Table } from '../table/table';

export interface HistoryPage {
  /** Newest first. */
  readonly entries: readonly MailItem[];
  /** `mailId` to go on after; absent at the end. */
  readonly next?: string;
}

/** What happened to licenses, and what came of the mails about it. */
export class LicenseHistory {
  constructor(private readonly table: Table) {}

  /** At most `limit` entries of a license, those that are older than the one named `after`. */
  async page(domainId: string, userId: string, limit: number, after?: string): Promise<HistoryPage> {
    const { Items = [], LastEvaluatedKey } = await this.table.client.send(
      new QueryCommand({
        TableName: this.table.name,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :user)',
        ExpressionAttributeValues: { ':pk': mailPartition(domainId), ':user': `${userId}#` },
        ScanIndexForward: false,
        ConsistentRead: true,
        Limit: limit,
        ExclusiveStartKey: after === undefined ? undefined : mailKey(domainId, userId, after),
      }),
    );
    const entries = Items.map((item) => fromMailItem(domainId, item));
    const last = entries.at(-1);
    return { entries, ...(LastEvaluatedKey && last && { next: last.mailId }) };
  }
}
