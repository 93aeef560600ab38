import { mailKey, mailPartition } from '../table/mail-keys';
import type { PageKey } from '../table/operations/query';
import type { Table } from '../table/table';
import { readMailItem, type MailItem, type MailRef } from './mail-item';

/** The earlier entries of a license's history that matter to an email. */
export interface RelatedMails {
  readonly mails: readonly MailItem[];
  /**
   * The ids of entries that have expired, or were never written, and may have been of emails that the user
   * received. What the user was told since the time of such an entry is unknown.
   */
  readonly missing: readonly string[];
}

export interface RelatedMailsOptions {
  /** The change before that of the email, which has an entry unless it has expired. */
  readonly previousChangeId?: string;
  /** True if no entry of the license can have expired. */
  readonly isComplete: boolean;
}

/** Stands for the entries before the oldest one that is left. Sorts before their ids. */
const EXPIRED = '0';

/** The number of entries that are read first. The newest one usually suffices. */
const FIRST_PAGE = 4;
const PAGE_GROWTH = 4;
const MAX_PAGE = 1_000;
const LATER_PAGE = 25;

/**
 * Returns the earlier emails of the license that may matter to this one, among them all that may still be
 * sent.
 *
 * The cost does not depend on the length of the history. It is read from the newest entry down to one that
 * tells the user something, or that names the earlier emails which do. When that one was stored, all earlier
 * emails were settled. Only entries of changes without an email, such as those of a license that waits for a
 * seat, are read through. The next entry of an email names what lies before them, so they are read once.
 */
export async function readRelatedMails(
  table: Table,
  { domainId, userId, mailId }: MailRef,
  { previousChangeId, isComplete }: RelatedMailsOptions,
): Promise<RelatedMails> {
  const mails: MailItem[] = [];
  let decisive: MailItem | undefined;
  let isPassed = previousChangeId === undefined;
  let after: PageKey | undefined = mailKey(domainId, userId, mailId);
  for (let limit = FIRST_PAGE; after; limit = Math.min(limit * PAGE_GROWTH, MAX_PAGE)) {
    const { items, next } = await table.query({
      pk: mailPartition(domainId),
      sortKey: { beginsWith: `${userId}#` },
      descending: true,
      limit,
      after,
    });
    after = next;
    for (const item of items) {
      const entry = readMailItem(domainId, item);
      mails.push(entry);
      if (tells(entry) || entry.toldBy) decisive ??= entry;
      isPassed ||= entry.changeId === previousChangeId || entry.mailId < (previousChangeId ?? '');
      if (!decisive || !isPassed) continue;
      after = undefined;
      break;
    }
  }
  const isMissing =
    previousChangeId !== undefined && !mails.some(({ changeId }) => changeId === previousChangeId);
  const before = decisive
    ? await readNamed(table, decisive, mails)
    : { mails: [], missing: isComplete ? [] : [EXPIRED] };
  return {
    mails: [...mails, ...before.mails],
    missing: [...(isMissing ? [previousChangeId] : []), ...before.missing],
  };
}

/** Reads the emails that an entry names, except those in `known`. */
async function readNamed(table: Table, entry: MailItem, known: readonly MailItem[]): Promise<RelatedMails> {
  if (tells(entry)) return { mails: [], missing: [] };
  const { domainId, userId, toldBy = [] } = entry;
  const others = toldBy.filter((mailId) => !known.some((other) => other.mailId === mailId));
  const read = async (other: string) =>
    other === EXPIRED ? undefined : table.get(mailKey(domainId, userId, other));
  const items = await Promise.all(others.map(read));
  return {
    mails: items.flatMap((item) => (item ? [readMailItem(domainId, item)] : [])),
    missing: others.filter((_, at) => !items[at]),
  };
}

/** Returns whether the license has a later email than this one, in whatever state. */
export async function hasLaterMail(table: Table, { domainId, userId, mailId }: MailRef): Promise<boolean> {
  const pages = table.pages({
    pk: mailPartition(domainId),
    sortKey: { beginsWith: `${userId}#` },
    limit: LATER_PAGE,
    after: mailKey(domainId, userId, mailId),
  });
  for await (const items of pages) if (items.some(({ kind }) => kind !== 'none')) return true;
  return false;
}

/** The statuses of an email that SES has accepted. */
const ACCEPTED: ReadonlySet<MailItem['status']> = new Set(['sent', 'delivered', 'bounced', 'complained']);

/**
 * Returns whether the user was told something: SES may have accepted this email with a key, or has accepted
 * this notice.
 */
const tells = ({ kind, attempts = 0, status }: MailItem): boolean =>
  kind === 'license-key' ? attempts > 0 : kind === 'license-deactivated' && ACCEPTED.has(status);

/** Returns the same, but a notice that was given up, or that SES may have accepted, counts as told. */
const mayTell = (entry: MailItem): boolean =>
  tells(entry) ||
  (entry.kind === 'license-deactivated' &&
    ((entry.attempts ?? 0) > 0 || (entry.status !== 'superseded' && entry.status !== 'due')));

/**
 * Returns whether the user was last told that the license is active, or may have been: SES may have accepted
 * an email with a key, and has not accepted a later notice. The ids of entries are in the order of time.
 */
export function wasToldOfKey(related: RelatedMails): boolean {
  const last = latest(related, tells);
  return last === 'unknown' || last?.kind === 'license-key';
}

/**
 * Returns the email with a key that the user received last, if the user certainly has not been told of the
 * end of the license since. A notice that was given up, or that SES may have accepted, counts as told.
 */
export function lastKeyMail(related: RelatedMails): MailItem | undefined {
  const last = latest(related, mayTell);
  if (last === 'unknown' || last?.kind !== 'license-key') return undefined;
  return last.status === 'sent' || last.status === 'delivered' ? last : undefined;
}

/**
 * Returns the ids of the entries on which the results of `wasToldOfKey` and `lastKeyMail` depend: none, one,
 * or two. The id of a missing entry says that they are unknown.
 */
export function decisiveMails(related: RelatedMails): string[] {
  const ids = [tells, mayTell].flatMap((isTold) => {
    const last = latest(related, isTold);
    return (last === 'unknown' ? latestId(related.missing) : last?.mailId) ?? [];
  });
  return [...new Set(ids)];
}

/** Returns the latest of the emails that `isTold` finds; `unknown` if the entry of a later one is missing. */
function latest(
  { mails, missing }: RelatedMails,
  isTold: (entry: MailItem) => boolean,
): MailItem | 'unknown' | undefined {
  const told = mails.filter(isTold);
  const id = latestId(told.map(({ mailId }) => mailId));
  if ((latestId(missing) ?? '') > (id ?? '')) return 'unknown';
  return told.find(({ mailId }) => mailId === id);
}

const latestId = (ids: readonly string[]): string | undefined => [...ids].sort().at(-1);
