import { mailPartition } from '../table/mail-keys';
import type { Table } from '../table/table';
import { readMailItem, type MailItem } from './mail-item';

/** Sorts after the ids of users, and before the emails about SCIM keys. */
const AFTER_USERS = 'KEY#';

/** Returns the first entries of the histories of a domain's first users. */
export async function readFirstMails(table: Table, domainId: string, limit: number): Promise<MailItem[]> {
  const { items } = await table.query({
    pk: mailPartition(domainId),
    sortKey: { operator: '<', value: AFTER_USERS },
    limit,
  });
  return items.map((item) => readMailItem(domainId, item));
}
