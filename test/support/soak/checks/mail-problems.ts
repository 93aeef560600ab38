import { isOpen, type MailItem, readMailItem } from '../../../../shared/store/mail/mail-item';
import { wasToldOfKey } from '../../../../shared/store/mail/related-mails';
import type { LicenseRecord } from '../../../../shared/store/licenses/license-record';
import { mailPartition } from '../../../../shared/store/table/mail-keys';
import { systemTable } from '../../consistency/domain-data';
import { groupBy } from '../../../../shared/group-by';

/** The statuses after which a user has the email, or after which it is known why not. */
const SETTLED: readonly string[] = [
  'sent',
  'delivered',
  'bounced',
  'complained',
  'suppressed',
  'no-address',
] satisfies readonly MailItem['status'][];

/**
 * The statuses of an email that SES has accepted. A bounce or a complaint may become known after a later
 * change.
 */
const ACCEPTED: readonly string[] = [
  'sent',
  'delivered',
  'bounced',
  'complained',
] satisfies readonly MailItem['status'][];

/** Reads the emails of the licenses of a domain. */
export async function readMails(domainId: string): Promise<MailItem[]> {
  const table = await systemTable();
  const items: MailItem[] = [];
  for await (const page of table.pages({ pk: mailPartition(domainId) }))
    // The partition also has the reminders of expiring credentials.
    for (const item of page)
      if (!String(item.sk).startsWith('KEY#')) items.push(readMailItem(domainId, item));
  return items;
}

/**
 * Returns a sentence for each change of a license that has no entry yet, and for each email that is still to
 * be sent. A sentence changes with each attempt, so that a slow machine is not mistaken for one on which
 * nothing happens.
 */
export function unsettledMails(licenses: readonly LicenseRecord[], mails: readonly MailItem[]): string[] {
  const recorded = new Set(mails.map(({ mailId }) => mailId));
  return [
    ...licenses.flatMap(({ userId, changeId }) =>
      changeId === undefined || recorded.has(changeId)
        ? []
        : [`The last change of license ${userId} has no entry.`],
    ),
    ...mails
      .filter(isOpen)
      .map(
        ({ userId, status, dueAt, claimedAt }) =>
          `An email of license ${userId} is still to be sent: ${JSON.stringify({ status, dueAt, claimedAt })}.`,
      ),
  ];
}

/**
 * Returns a sentence for each active license without its email, and for each ended one without its notice.
 */
export function notificationProblems(
  licenses: readonly LicenseRecord[],
  mails: readonly MailItem[],
): string[] {
  const byUser = groupBy(mails, ({ userId }) => userId);
  return licenses.flatMap((license) => {
    const { userId, changeId, status } = license;
    if (changeId === undefined) return [];
    const entries = (byUser.get(userId) ?? []).toSorted((one, other) => (one.mailId < other.mailId ? -1 : 1));
    const current = entries.find(({ mailId }) => mailId === changeId);
    if (!current) return [`The last change of license ${userId} has no entry.`];
    if (status === 'active' && !isSettledKey(current) && !hasKey(license, current, entries))
      return [`License ${userId} is active, but its email is ${current.status} (${current.kind}).`];
    const isBlocked = entries.some(({ status: each }) =>
      ['bounced', 'complained', 'suppressed'].includes(each),
    );
    if (status === 'inactive' && wasToldOfKey({ mails: entries, missing: [] }) && !isBlocked)
      return [`License ${userId} has ended, but its user was not told: the notice is ${current.status}.`];
    return [];
  });
}

const isSettledKey = ({ kind, status }: MailItem): boolean =>
  kind === 'license-key' && SETTLED.includes(status);

/** Returns whether no email was needed: the user was sent this key before, and was not told of its end. */
function hasKey(
  { activationId }: LicenseRecord,
  { kind, mailId }: MailItem,
  entries: readonly MailItem[],
): boolean {
  const accepted = entries.filter((entry) => ACCEPTED.includes(entry.status) && entry.mailId < mailId);
  return kind === 'none' && accepted.at(-1)?.activationId === activationId;
}
