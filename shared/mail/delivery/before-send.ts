import type { SuppressionStore } from '../../store/mail/suppression-store';
import type { BeforeSend } from './delivery';
import { hashLicenseKey, type LicenseKeySource } from '../../license-key';
import type { LicenseKeyStore } from '../../store/licenses/license-key-store';

/** Registers the license key of an email for the license check, before anybody can receive the key. */
export const registerLicenseKey =
  (keys: Pick<LicenseKeyStore, 'put'>, keyOf: (source: LicenseKeySource) => string): BeforeSend =>
  async (mail) => {
    if (mail.kind !== 'license-key') return undefined;
    const { domainId, userId } = mail.ref;
    const source = { domainId, userId, activationId: mail.activationId };
    await keys.put(hashLicenseKey(keyOf(source)), source);
    return undefined;
  };

/** Ends an email to an address that is suppressed: emails to it bounced, or were marked as spam. */
export const skipSuppressed =
  (addresses: Pick<SuppressionStore, 'isSuppressed'>): BeforeSend =>
  async ({ ref, holder }) =>
    (await addresses.isSuppressed(ref, holder.email)) ? { status: 'suppressed' } : undefined;
