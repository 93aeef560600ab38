import { addressKeyOf } from '../../store/mail/address-key';
import { isOpen } from '../../store/mail/mail-item';
import type { MailStore } from '../../store/mail/mail-store';
import type { OutboxStore } from '../../store/mail/outbox-store';
import { decisiveMails, lastKeyMail, type RelatedMails, wasToldOfKey } from '../../store/mail/related-mails';
import type { PlannedMail } from '../content/planned-mail';

/** The earlier emails that matter to an email. */
export interface EarlierMails extends RelatedMails {
  /** The ids of the emails that decide what the user was told. Absent if earlier emails may still be sent. */
  readonly toldBy?: readonly string[];
  /** True if one of them is being sent, so that it could arrive after this email. */
  readonly isBeingSent?: boolean;
}

export const NO_EARLIER: EarlierMails = { mails: [], missing: [], toldBy: [] };

export interface EarlierMailsParts {
  readonly mails: Pick<MailStore, 'related' | 'isSuperseded' | 'supersede'>;
  readonly outbox: Pick<OutboxStore, 'remove'>;
  readonly now: () => Date;
}

/** Supersedes the earlier unsent emails of the license, except those that are being sent. */
export async function supersedeEarlier(
  mail: PlannedMail,
  { mails, outbox, now }: EarlierMailsParts,
): Promise<EarlierMails> {
  const related = await mails.related(mail.ref, mail.previousChangeId, now());
  const open = related.mails.filter(isOpen);
  // The stream may deliver a change again after later ones, whose emails must not be lost.
  if (open.length > 0 && (await mails.isSuperseded(mail.ref))) return related;
  let isBeingSent = false;
  for (const other of open) {
    if (!(await mails.supersede(other, now()))) isBeingSent = true;
    else if (other.dueAt !== undefined) await outbox.remove({ ...other, dueAt: other.dueAt });
  }
  return isBeingSent ? { ...related, isBeingSent } : { ...related, toldBy: decisiveMails(related) };
}

/**
 * Returns whether the user expects an email. A notice is needed if the user was told of a key since the last
 * notice, or if that is unknown. A key is needed unless the user has it, and was not told of its end. What
 * was requested is always needed.
 */
export function isNeeded(mail: PlannedMail, earlier: RelatedMails): boolean {
  if (mail.isResend) return true;
  return mail.kind === 'license-key' ? !knowsKey(mail, earlier) : wasToldOfKey(earlier);
}

/** Returns whether the last email of the license brought this key to this address, and is still true. */
function knowsKey(
  { activationId, holder: { email } }: Extract<PlannedMail, { kind: 'license-key' }>,
  earlier: RelatedMails,
): boolean {
  const told = lastKeyMail(earlier);
  if (told?.activationId !== activationId || told.to === undefined || email === undefined) return false;
  return addressKeyOf(told.to) === addressKeyOf(email);
}
