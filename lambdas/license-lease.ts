import { licenseLeaseHandler } from '../shared/http/routes/license-lease-handler';
import { readLicenseCheckCache } from '../shared/limits/license-check-limits';
import { readLeaseIssuer, readLeaseKeyArns } from '../shared/license-lease';
import { issueLease } from '../shared/service/licenses/license-lease';
import { SigningKeys } from '../shared/signing/signing-keys';
import { LicenseKeyStore } from '../shared/store/licenses/license-key-store';
import { openTable } from '../shared/store/table/table';

/** Serves `/v1/lease` and `/v1/jwks` of the license API. */
export const handler = licenseLeaseHandler(() => {
  const signer = new SigningKeys(readLeaseKeyArns());
  const keys = new LicenseKeyStore(openTable());
  const issuer = readLeaseIssuer();
  return {
    issue: (key, nonce) => issueLease(key, { keys, signer, issuer, now: () => new Date() }, nonce),
    publicKeys: () => signer.publicKeys(),
    otherCacheSeconds: readLicenseCheckCache().other,
  };
});
