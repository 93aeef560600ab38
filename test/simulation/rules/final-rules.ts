import { DOMAIN_ID, readLicenses, readMails, type StoredLicense, type StoredMail } from '../directory';
import type { World } from '../world/world';
import { assertRule } from './commit-rules';
import { isEntry, type MailRules } from './mail-rules';

/** Checks the rules that hold when nothing is left to do. */
export function checkFinal(world: World, mails: MailRules): void {
  const { table } = world;
  const licenses = readLicenses(table);
  for (const license of licenses) {
    if (license.status === 'active') checkActive(world, license, mails);
    if (license.status === 'inactive') checkEnded(world, license, mails);
    checkHistory(world, license);
  }
  checkSeatsUsed(world, licenses);
  for (const { mailId, status } of readMails(table))
    assertRule(
      !['due', 'claimed'].includes(status),
      'no email stays unsettled',
      () => `${mailId} is ${status}`,
    );
  checkBounces(world, mails);
}

/** The last email of an active license has its current key, or the reason why it was not sent is known. */
function checkActive(world: World, license: StoredLicense, mails: MailRules): void {
  const { userId, email, activationId = '' } = license;
  if (email === undefined || isSuppressed(world, email)) return;
  const last = mails.of(userId).at(-1);
  if (last?.key === mails.keyOf(userId, activationId)) return;
  const entries = readMails(world.table).filter((mail) => mail.userId === userId);
  const isKnown = entries.some((mail) => mail.mailId > (last?.mailId ?? '') && wasRefused(world, mail));
  assertRule(isKnown, 'every active license is emailed', () => {
    const sent = last ? `the last email was ${last.kind} ${last.mailId}` : 'no email was sent';
    return `${userId} has the activation ${activationId}, and ${sent}`;
  });
}

/** The holder of a license that ended has not a key as the last email, or the reason is known. */
function checkEnded(world: World, license: StoredLicense, mails: MailRules): void {
  const { userId, changeId = '' } = license;
  const last = mails.of(userId).at(-1);
  if (last?.kind !== 'license-key') return;
  const entries = readMails(world.table).filter((mail) => mail.userId === userId);
  const notice = entries.filter(({ kind }) => kind === 'license-deactivated').at(-1);
  const isKnown =
    notice !== undefined &&
    (wasRefused(world, notice) ||
      notice.status === 'no-address' ||
      (notice.status === 'superseded' && isReplaced(world, license, notice.mailId, mails)));
  assertRule(isKnown, 'every end is notified', () => {
    const found = notice ? `the notice ${notice.mailId} is ${notice.status}` : 'there is no notice';
    return `${userId} ended by ${changeId}, the last email was ${last.kind} ${last.mailId}, and ${found}`;
  });
}

/** SES has refused the email, or its address was suppressed, so an administrator has to act. */
const wasRefused = ({ ses }: World, { mailId, status }: StoredMail): boolean =>
  status === 'suppressed' || (status === 'failed' && ses.rejected.has(mailId));

/** A user who was created again with the same name and address gets the new key instead of the notice. */
function isReplaced(
  world: World,
  { userId, userName, email }: StoredLicense,
  noticeId: string,
  mails: MailRules,
): boolean {
  const entries = readMails(world.table);
  return readLicenses(world.table).some(
    (other) =>
      other.userId !== userId &&
      other.userName === userName &&
      other.email === email &&
      (mails.of(other.userId).some(({ mailId, kind }) => kind === 'license-key' && mailId > noticeId) ||
        entries.some((mail) => mail.userId === other.userId && wasRefused(world, mail))),
  );
}

/** Each change of a license has an entry in its history. */
function checkHistory(world: World, { userId, changeId }: StoredLicense): void {
  if (changeId === undefined) return;
  const isKnown = readMails(world.table).some((mail) => isEntry(mail, userId, changeId));
  assertRule(isKnown, 'each change is in the history', () => `${changeId} of ${userId} is not`);
}

/** No license waits while a seat is free. */
function checkSeatsUsed({ table }: World, licenses: readonly StoredLicense[]): void {
  const seats = table.items.get({ pk: `${DOMAIN_ID}#COUNTS`, sk: 'SEATS' })?.seats?.N;
  const count = (status: string) => licenses.filter((license) => license.status === status).length;
  const isFull = seats !== undefined && count('active') >= Number(seats);
  assertRule(
    isFull || count('pending') === 0,
    'no license waits while a seat is free',
    () => `${count('pending')} wait, and ${count('active')} of ${seats} seats are taken`,
  );
}

const isSuppressed = ({ table }: World, email: string): boolean =>
  table.items.get({ pk: `${DOMAIN_ID}#SUPPRESSED`, sk: email }) !== undefined;

/** An email that bounced is marked, and its address is suppressed. */
function checkBounces(world: World, mails: MailRules): void {
  const entries = readMails(world.table);
  for (const messageId of world.ses.bounced) {
    const mail = mails.sent.find((sent) => sent.messageId === messageId);
    const entry = mail && entries.find((each) => isEntry(each, mail.userId, mail.mailId));
    if (!mail || !entry) continue;
    assertRule(
      entry.status === 'bounced' && isSuppressed(world, mail.to),
      'each bounce is recorded',
      () => `${mail.mailId} is ${entry.status}, and ${mail.to} is not suppressed`,
    );
  }
}
