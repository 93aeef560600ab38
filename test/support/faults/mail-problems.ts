import type { InjectedFault } from '../../../local/cloud/faults/faults';
import { isOpen, type MailItem, readMailItem } from '../../../shared/store/mail/mail-item';
import { mailPartition } from '../../../shared/store/table/mail-keys';
import { REQUEST_TIMEOUT_MS } from '../../../shared/mail/ses/ses-sender';
import type { LicenseRecord } from '../../../shared/store/licenses/license-record';
import { readDomain, systemTable } from '../consistency/domain-data';
import { eventually } from '../jest/timeouts';
import { listMailsByAddress, type Mail } from '../system/mails';
import { session } from '../system/system';

interface DomainMails {
  readonly domainId: string;
  readonly licenses: readonly LicenseRecord[];
  readonly items: readonly MailItem[];
}

const ACCEPTED: readonly string[] = ['sent', 'delivered', 'bounced', 'complained'];

/** The faults of a send after which SES may have accepted the email without anybody knowing. */
const LOST_RESPONSES: readonly string[] = ['internal', 'reset-after', 'hang', 'kill-after'];

/**
 * Waits until the stream has recorded every license change and no email is being sent. With `isPatient`, also
 * waits for the emails of the outbox, which are due after half a minute.
 */
export async function settleMails(domainIds: readonly string[], isPatient: boolean): Promise<void> {
  await eventually(
    'the emails of all license changes',
    async () => {
      const domains = await readMails(domainIds);
      const items = domains.flatMap((domain) => domain.items);
      const recorded = new Set(items.map(({ mailId }) => mailId));
      const current = domains.flatMap(({ licenses }) => licenses.map(({ changeId }) => changeId));
      if (current.some((changeId) => changeId !== undefined && !recorded.has(changeId))) return false;
      if (isPatient && items.some(isOpen)) await runOutbox();
      return !items.some((item) => (isPatient ? isOpen(item) : item.status === 'claimed'));
    },
    500,
  );
}

const runOutbox = () => fetch(`${session().controlUrl}/fire?rule=outbox`, { method: 'POST' });

/**
 * Returns a sentence for each email that arrived too often, and for each license whose last email does not
 * match its state. An email may arrive once more if its response from SES was lost, or if the process ended
 * before it recorded the email as sent.
 */
export async function mailProblems(
  domainIds: readonly string[],
  injected: readonly InjectedFault[],
): Promise<string[]> {
  const domains = await readMails(domainIds);
  const items = domains.flatMap((domain) => domain.items);
  const addresses = [...new Set(items.flatMap(({ to }) => to ?? []))];
  const mails = await listMailsByAddress();
  return [
    ...addresses.flatMap((address) => {
      const ofAddress = items.filter(({ to }) => to === address);
      const accepted = ofAddress.filter(({ status }) => ACCEPTED.includes(status)).length;
      const unknown = unrecordedSends(address, ofAddress, injected);
      const { length } = mails.get(address) ?? [];
      return length > accepted + unknown || length < accepted
        ? [`${address} got ${length} emails; ${accepted} are recorded, and ${unknown} may be unknown.`]
        : [];
    }),
    ...domains.flatMap((domain) =>
      domain.licenses.flatMap((license) => lastMailProblem(license, domain.items, mails)),
    ),
  ];
}

/** Returns the largest number of emails to an address that SES may have accepted without anybody knowing. */
export function unrecordedSends(
  address: string,
  items: readonly MailItem[],
  injected: readonly InjectedFault[],
): number {
  const isOfSend = ({ operation, about }: InjectedFault) =>
    operation === 'ses:SendEmail' && about === address;
  const lost = injected.filter((fault) => isOfSend(fault) && LOST_RESPONSES.includes(fault.kind));
  const kills = injected.filter((fault) => fault.kind.startsWith('kill') && !isOfSend(fault));
  return items.reduce(
    (sum, item) => sum + (wasRepeated(item) ? 1 : 0) + killedSends(item, kills),
    lost.length,
  );
}

/** On a busy machine, a request can exceed its time limit without a fault. It is then repeated. */
const wasRepeated = ({ claimedAt = '', sentAt = '' }: MailItem): boolean =>
  Date.parse(sentAt) - Date.parse(claimedAt) > REQUEST_TIMEOUT_MS;

/** A part of the names of the functions that send license emails. They send several at the same time. */
const SENDERS = /LicenseChanges|MailOutbox/;

/**
 * Returns how many attempts of an email may have been accepted by SES without being recorded, because their
 * process was killed. A process that is killed because of one email loses the responses of all emails that it
 * is sending. An email does not tell when its attempts were, so the whole time until it was sent or
 * superseded counts.
 */
function killedSends(item: MailItem, kills: readonly InjectedFault[]): number {
  const { userId, mailId, attempts = 0, changedAt = '', sentAt, supersededAt } = item;
  const end = sentAt ?? supersededAt;
  const possible = kills.filter(
    ({ about, function: name, at }) =>
      about.includes(`${userId}#${mailId}`) ||
      (SENDERS.test(name) && changedAt <= at && (end === undefined || at <= end)),
  );
  return Math.min(possible.length, attempts - (ACCEPTED.includes(item.status) ? 1 : 0));
}

/** Checks the email of the last change of a license, unless it is still to be sent. */
function lastMailProblem(
  { userId, changeId, status, email }: LicenseRecord,
  items: readonly MailItem[],
  mails: ReadonlyMap<string, readonly Mail[]>,
): string[] {
  const current = items.find((item) => item.userId === userId && item.mailId === changeId);
  if (changeId === undefined || !current || email === undefined) return [];
  if (current.status === 'superseded') return [`The last email of license ${userId} is superseded.`];
  const others = items.some((item) => item.to === current.to && item.userId !== userId);
  if (!ACCEPTED.includes(current.status) || others) return [];
  const last = mails.get(current.to ?? '')?.at(-1);
  const kind = last?.subject.includes('deactivated') ? 'inactive' : 'active';
  return kind === status ? [] : [`The license of ${userId} is ${status}, but its last email says ${kind}.`];
}

async function readMails(domainIds: readonly string[]): Promise<DomainMails[]> {
  const table = await systemTable();
  return Promise.all(
    domainIds.map(async (domainId) => {
      const { licenses } = await readDomain(domainId, table);
      const items: MailItem[] = [];
      for await (const page of table.pages({ pk: mailPartition(domainId) }))
        items.push(...page.filter(isOfLicense).map((item) => readMailItem(domainId, item)));
      return { domainId, licenses, items };
    }),
  );
}

/** The partition also has the reminders of SCIM keys. */
const isOfLicense = ({ sk }: Readonly<Record<string, unknown>>): boolean => !String(sk).startsWith('KEY#');
