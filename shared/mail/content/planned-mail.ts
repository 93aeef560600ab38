import { deliverableAddress } from '../address';
import type { LicenseRecord } from '../../store/licenses/license-record';
import type { LicenseHolder } from '../../store/licenses/license-write';
import type { KeyChange, LicenseEvent, MailItem, MailRef } from '../../store/mail/mail-item';

/** An entry of a license's history that has an email. */
export type PlannedMail = {
  readonly ref: MailRef;
  readonly event: LicenseEvent;
  readonly holder: LicenseHolder;
  /** True if an administrator requested the email again. Such an email is sent without the domain's delay. */
  readonly isResend?: boolean;
  /** The address that the license had when SES last refused an email to it. No later email was sent. */
  readonly refusedAddress?: string;
  /** True if mappings give the user type, which may change until the email is claimed. */
  readonly isMapped?: boolean;
  /** True if the license was never active before, so it has no earlier emails. */
  readonly isFirst?: boolean;
  /** The change before that of this email. Absent if it is not known, and if there is none. */
  readonly previousChangeId?: string;
} & (
  | { readonly kind: 'license-key'; readonly activationId: string }
  | { readonly kind: 'license-deactivated'; readonly reason: 'deactivated' | 'deleted' }
);

/** An email whose holder has an address to which SES can send. */
export type AddressedMail = PlannedMail & { readonly holder: { readonly email: string } };

export const isAddressed = (mail: PlannedMail): mail is AddressedMail => hasAddress(mail.holder);

const hasAddress = ({ email }: LicenseHolder): boolean =>
  email !== undefined && deliverableAddress(email) !== undefined;

export type MailKind = PlannedMail['kind'];

/** The entry of a change in the license's history, with or without an email. */
export type PlannedEntry =
  PlannedMail | { readonly kind: 'none'; readonly ref: MailRef; readonly event: LicenseEvent };

/**
 * Returns the entry for a license that changed from `before` to `after`:
 *
 * - An activation has an email with the key, and so has the replacement of a key.
 * - The end of an active license has a notice.
 * - A resend request has the same email again.
 * - The first address of an active license to which SES may send has the email with the key. It is sent only
 *   if no earlier one was.
 *
 * Returns undefined if only the holder's data changed.
 */
export function planEntry(
  before: LicenseRecord | undefined,
  after: LicenseRecord | undefined,
): PlannedEntry | undefined {
  if (!after?.changeId) return undefined;
  if (after.changeId === before?.changeId) {
    const isResendRequested = after.resendId !== undefined && after.resendId !== before.resendId;
    const hasFirstAddress = after.status === 'active' && hasAddress(after) && !hadAddress(before, after);
    return isResendRequested || hasFirstAddress ? mailForLicense(after) : undefined;
  }
  const isEnd = after.status === 'inactive' && before?.status === 'active';
  if (after.status !== 'active' && !isEnd) return { kind: 'none', ref: refOf(after), event: eventOf(after) };
  return {
    ...mailForLicense(after),
    ...(!isEnd && before?.activationId === undefined && { isFirst: true }),
    ...(before?.changeId && { previousChangeId: before.changeId }),
  };
}

/**
 * Returns whether a license had an address to which SES may send. One that SES has refused counts until it
 * changes.
 */
const hadAddress = (before: LicenseRecord, { email }: LicenseRecord): boolean =>
  hasAddress(before) && (before.mailRefusal?.address !== before.email || before.email === email);

/** Returns what the entry of an email stores. */
export const contentOf = (mail: AddressedMail) => {
  const { event, kind, holder } = mail;
  const key =
    mail.kind === 'license-key' ? { activationId: mail.activationId, userType: holder.userType } : {};
  return { ...event, kind, to: holder.email, ...key };
};

/** Returns the email that matches the current status of a license. */
export function mailForLicense(license: LicenseRecord): PlannedMail {
  const { userId, email, userName, name, userType, language, activationId } = license;
  const mail = {
    ref: refOf(license),
    event: eventOf(license),
    holder: { email, userName, name, userType, language },
    ...(license.resendId !== undefined && { isResend: true }),
    ...(license.mailRefusal && { refusedAddress: license.mailRefusal.address }),
    ...(license.mappingsVersion !== undefined && { isMapped: true }),
  };
  if (license.status !== 'active')
    return { ...mail, kind: 'license-deactivated', reason: license.reason ?? 'deactivated' };
  if (!activationId) throw new Error(`The active license of user ${userId} has no "activationId".`);
  return { ...mail, kind: 'license-key', activationId };
}

/**
 * Returns the email of an item that is due now, with the current holder of the license. Returns undefined if
 * the email no longer matches the license, or if a later resend request replaces it.
 */
export function mailForItem(item: MailItem, license: LicenseRecord | undefined): PlannedMail | undefined {
  if (!license?.changeId) return undefined;
  const isLastChange = license.changeId === item.changeId;
  if (isLastChange && license.resendId !== undefined && license.resendId !== item.mailId) return undefined;
  const isCurrent = item.kind === 'license-key' ? isLastChange : license.status !== 'active';
  if (!isCurrent) return undefined;
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
  const isResend = resendId !== undefined;
  const by = isResend ? resentBy : changedBy;
  const at = isResend ? resentAt : changedAt;
  const keyChange = keyChangeOf(license);
  return {
    changeId,
    licenseStatus: status,
    ...(keyChange && { keyChange }),
    ...(reason && { reason }),
    ...(by && { by }),
    ...(at && { changedAt: at }),
  };
}

/** An activation that issues a key has its own `changeId` as `activationId`. */
function keyChangeOf(license: LicenseRecord): KeyChange | undefined {
  const { status, changeId, activationId, replacedActivationId } = license;
  if (status !== 'active') return undefined;
  if (replacedActivationId !== undefined) return 'replaced';
  return activationId === changeId ? undefined : 'kept';
}
