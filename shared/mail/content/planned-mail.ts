import type { LicenseRecord } from '../../store/licenses/license-record';
import type { LicenseHolder } from '../../store/licenses/license-write';
import type { LicenseEvent, MailItem, MailRef } from '../../store/mail/mail-item';

/** An entry of a license's history that a mail goes with. */
export type PlannedMail = {
  readonly ref: MailRef;
  readonly event: LicenseEvent;
  readonly holder: LicenseHolder;
  /** Asked for by an administrator: goes out without the domain's delay. */
  readonly isResend?: boolean;
} & (
  | { readonly kind: 'license-key'; readonly activationId: string }
  | {
      readonly kind: 'license-deactivated';
      readonly reason: 'deactivated' | 'deleted';
      /** The change whose key the notice takes back. */
      readonly endedChangeId?: string;
    }
);

export type MailKind = PlannedMail['kind'];

/** What a change of a license leaves in its history: an entry with a mail, or one without. */
export type PlannedEntry =
  PlannedMail | { readonly kind: 'none'; readonly ref: MailRef; readonly event: LicenseEvent };

/**
 * The entry for a license that was `before` and is `after`. The key goes with an activation, the notice with the end of an
 * active license, and either once more where it was asked for again. Undefined where only the holder's data changed.
 */
export function planEntry(
  before: LicenseRecord | undefined,
  after: LicenseRecord | undefined,
): PlannedEntry | undefined {
  if (!after?.changeId) return undefined;
  if (after.changeId === before?.changeId) {
    const isAskedAgain = after.resendId !== undefined && after.resendId !== before.resendId;
    return isAskedAgain ? mailForLicense(after) : undefined;
  }
  if (after.status === 'active') return mailForLicense(after);
  if (after.status === 'inactive' && before?.status === 'active')
    return { ...mailForLicense(after), ...(before.changeId && { endedChangeId: before.changeId }) };
  return { kind: 'none', ref: refOf(after), event: eventOf(after) };
}

/** The mail that says how a license is now. */
export function mailForLicense(license: LicenseRecord): PlannedMail {
  const { userId, email, userName, name, userType, language, activationId } = license;
  const mail = {
    ref: refOf(license),
    event: eventOf(license),
    holder: { email, userName, name, userType, language },
    ...(license.resendId !== undefined && { isResend: true }),
  };
  if (license.status !== 'active')
    return { ...mail, kind: 'license-deactivated', reason: license.reason ?? 'deactivated' };
  if (!activationId) throw new Error(`The active license of user ${userId} has no "activationId".`);
  return { ...mail, kind: 'license-key', activationId };
}

/**
 * The mail of an item that was due later, to the holder as the license has them now; undefined where it would say what is so
 * no longer, or where the same was asked for again meanwhile.
 */
export function mailForItem(item: MailItem, license: LicenseRecord | undefined): PlannedMail | undefined {
  if (!license?.changeId) return undefined;
  const isOfLastChange = license.changeId === item.changeId;
  if (isOfLastChange && license.resendId !== undefined && license.resendId !== item.mailId) return undefined;
  const isTrue = item.kind === 'license-key' ? isOfLastChange : license.status !== 'active';
  if (!isTrue) return undefined;
  const { domainId, userId, mailId, reason } = item;
  return {
    ...mailForLicense(license),
    ref: { domainId, userId, mailId },
    ...(license.status !== 'active' && { reason: reason ?? 'deactivated' }),
  };
}

const refOf = ({ domainId, userId, changeId = '', resendId }: LicenseRecord): MailRef => ({
  domainId,
  userId,
  mailId: resendId ?? changeId,
});

function eventOf(license: LicenseRecord): LicenseEvent {
  const { changeId = '', status, reason, changedAt, changedBy, resendId, resentAt, resentBy } = license;
  const isAgain = resendId !== undefined;
  const by = isAgain ? resentBy : changedBy;
  const at = isAgain ? resentAt : changedAt;
  return {
    changeId,
    licenseStatus: status,
    ...(reason && { reason }),
    ...(by && { by }),
    ...(at && { changedAt: at }),
  };
}
