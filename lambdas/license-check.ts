import { licenseCheckHandler } from '../shared/http/routes/license-check-handler';
import { readLicenseCheckCache } from '../shared/limits/license-check-limits';
import { checkLicense } from '../shared/service/licenses/license-check';
import { LicenseKeyStore } from '../shared/store/licenses/license-key-store';
import { openTable } from '../shared/store/table/table';

/** Serves `/v1/check` of the license API. */
export const handler = licenseCheckHandler(() => {
  const keys = new LicenseKeyStore(openTable());
  return { check: (key, options) => checkLicense(key, keys, options), cacheSeconds: readLicenseCheckCache() };
});
