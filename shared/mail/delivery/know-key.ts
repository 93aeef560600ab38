import { hashLicenseKey, type LicenseKeySource } from '../../license-key';
import type { LicenseKeyStore } from '../../store/licenses/license-key-store';
import type { BeforeSend } from './delivery';

/** Makes the license key of a mail known to the check of license keys, before anybody can have it. */
export const knowKey =
  (keys: Pick<LicenseKeyStore, 'put'>, keyOf: (source: LicenseKeySource) => string): BeforeSend =>
  async (mail) => {
    if (mail.kind !== 'license-key') return undefined;
    const { domainId, userId } = mail.ref;
    const source = { domainId, userId, activationId: mail.activationId };
    await keys.put(hashLicenseKey(keyOf(source)), source);
    return undefined;
  };
