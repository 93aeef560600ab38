import { mailKey, mailPartition } from '../table/mail-keys';
import type { PageKey } from '../table/operations/query';
import type { Table } from '../table/table';
import { readMailItem, tells, type MailItem, type MailRef } from './mail-item';

/** The number of entries that are read first. The newest one usually suffices. */
const FIRST_PAGE = 4;
const PAGE_GROWTH = 4;
const MAX_PAGE = 1_000;

/**
 * Returns the earlier emails of the license that may matter to this one, among them all that may still be
 * sent, and an entry of the change `endedChangeId`.
 *
 * The cost does not depend on the length of the history. It is read from the newest entry down to one that
 * tells the user something, or that names the earlier emails which do. When that one was stored, all earlier
 * emails were settled. Only entries of changes without an email, such as those of a license that waits for a
 * seat, are read through. The next entry of an email names what lies before them, so they are read once.
 */
export async function readRelatedMails(
  table: Table,
  { domainId, userId, mailId }: MailRef,
  endedChangeId: string | undefined,
): Promise<MailItem[]> {
  const related: MailItem[] = [];
  let decisive: MailItem | undefined;
  let isEndKnown = endedChangeId === undefined;
  let after: PageKey | undefined = mailKey(domainId, userId, mailId);
  for (let limit = FIRST_PAGE; after; limit = Math.min(limit * PAGE_GROWTH, MAX_PAGE)) {
    const { items, next } = await table.query({
      pk: mailPartition(domainId),
      sortKey: { beginsWith: `${userId}#` },
      descending: true,
      limit,
      after,
    });
    for (const item of items) {
      const entry = readMailItem(domainId, item);
      related.push(entry);
      if (tells(entry) || entry.toldBy) decisive ??= entry;
      isEndKnown ||= entry.changeId === endedChangeId || entry.mailId < (endedChangeId ?? '');
      if (decisive && isEndKnown) return [...related, ...(await readNamed(table, decisive, related))];
    }
    after = next;
  }
  return related;
}

/** Reads the emails that an entry names, except those in `known`. An email may have expired. */
async function readNamed(
  table: Table,
  entry: MailItem,
  known: readonly MailItem[],
): Promise<readonly MailItem[]> {
  if (tells(entry)) return [];
  const { domainId, userId, toldBy = [] } = entry;
  const unknown = toldBy.filter((mailId) => !known.some((other) => other.mailId === mailId));
  const items = await Promise.all(unknown.map((mailId) => table.get(mailKey(domainId, userId, mailId))));
  return items.flatMap((item) => (item ? [readMailItem(domainId, item)] : []));
}
