import type { SuppressionStore } from '../../store/mail/suppression-store';
import type { BeforeSend } from './delivery';
import { hashLicenseKey, type LicenseKeySource } from '../../license-key';
import type { LicenseKeyStore } from '../../store/licenses/license-key-store';

/** Makes the license key of a mail known to the check of license keys, before anybody can have it. */
export const registerLicenseKey =
  (keys: Pick<LicenseKeyStore, 'put'>, keyOf: (source: LicenseKeySource) => string): BeforeSend =>
  async (mail) => {
    if (mail.kind !== 'license-key') return undefined;
    const { domainId, userId } = mail.ref;
    const source = { domainId, userId, activationId: mail.activationId };
    await keys.put(hashLicenseKey(keyOf(source)), source);
    return undefined;
  };

/** Sends nothing to an address from which mails came back, until an administrator clears it. */
export const skipSuppressed =
  (addresses: Pick<SuppressionStore, 'isSuppressed'>): BeforeSend =>
  async ({ ref, holder }) =>
    (await addresses.isSuppressed(ref, holder.email)) ? { status: 'suppressed' } : undefined;
