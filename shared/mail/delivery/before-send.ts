import type { LicenseStore } from '../../store/licenses/license-store';
import { addressKeyOf } from '../../store/mail/address-key';
import type { MailBudgetStore } from '../../store/mail/mail-budget-store';
import type { SuppressionStore } from '../../store/mail/suppression-store';
import type { BeforeSend } from './delivery';
import { hashLicenseKey, type LicenseKeySource } from '../../license-key';
import type { LicenseKeyStore } from '../../store/licenses/license-key-store';

/** Registers the license key of an email for the license check, before anybody can receive the key. */
export const registerLicenseKey =
  (keys: Pick<LicenseKeyStore, 'put'>, keyOf: (source: LicenseKeySource) => Promise<string>): BeforeSend =>
  async (mail) => {
    if (mail.kind !== 'license-key') return undefined;
    const { domainId, userId } = mail.ref;
    const source = { domainId, userId, activationId: mail.activationId };
    await keys.put(hashLicenseKey(await keyOf(source)), source);
    return undefined;
  };

/** Ends an email to an address that is suppressed: emails to it bounced, or were marked as spam. */
export const skipSuppressed =
  (addresses: Pick<SuppressionStore, 'isSuppressed'>): BeforeSend =>
  async ({ ref, holder }) =>
    (await addresses.isSuppressed(ref, holder.email)) ? { status: 'suppressed' } : undefined;

/**
 * Ends the notice that a user was deleted if the user was created again: a key of the same name and address
 * is on its way, and says that it replaces the earlier ones.
 */
export const skipReplacedNotice =
  (budget: Pick<MailBudgetStore, 'newestKey'>, licenses: Pick<LicenseStore, 'read'>): BeforeSend =>
  async ({ kind, ref, holder, event }) => {
    if (kind !== 'license-deactivated' || event.reason !== 'deleted') return undefined;
    const key = await budget.newestKey(ref.domainId, holder.email);
    if (!key || key.mailId < ref.mailId || !key.isOf(holder.userName)) return undefined;
    const license = await licenses.read(ref.domainId, key.userId);
    const isSameAddress =
      license?.email !== undefined && addressKeyOf(license.email) === addressKeyOf(holder.email);
    return license?.status === 'active' && isSameAddress ? { status: 'superseded' } : undefined;
  };
