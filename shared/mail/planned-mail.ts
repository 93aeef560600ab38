import type { LicenseRecord } from '../store/license-record';
import type { LicenseHolder } from '../store/license-write';
import type { MailedChange } from '../store/mail-store';

/** The mail that a change of a license calls for. */
export type PlannedMail = { readonly change: MailedChange; readonly holder: LicenseHolder } & (
  | { readonly kind: 'license-key'; readonly activationId: string }
  | { readonly kind: 'license-deactivated'; readonly reason: 'deactivated' | 'deleted' }
);

export type MailKind = PlannedMail['kind'];

/**
 * The mail for a license that was `before` and is `after`: the key for an activation, the notice for the end of an
 * active license, none for anything else (new data of the holder, the end of a license that was not active).
 */
export function plannedMail(
  before: LicenseRecord | undefined,
  after: LicenseRecord | undefined,
): PlannedMail | undefined {
  if (!after?.changeId || after.changeId === before?.changeId) return undefined;
  const { domainId, userId, changeId, email, userName, name, userType } = after;
  const mail = { change: { domainId, userId, changeId }, holder: { email, userName, name, userType } };

  if (after.status === 'active') {
    if (!after.activationId) throw new Error(`The active license of user ${userId} has no "activationId".`);
    return { ...mail, kind: 'license-key', activationId: after.activationId };
  }
  if (before?.status !== 'active') return undefined;
  return { ...mail, kind: 'license-deactivated', reason: after.reason ?? 'deactivated' };
}
