import { ENV, requireEnv } from './env';

/** For how many seconds a product may go by the answer to a check. */
export interface LicenseCheckCache {
  readonly active: number;
  /** Of a key that is inactive or unknown: the same for both, as nothing but the status may tell them apart. */
  readonly other: number;
}

/** What a deployment may choose about checks of license keys. */
export interface LicenseCheckSettings {
  readonly cacheSeconds: LicenseCheckCache;
  /** Of all callers together; each share of their addresses gets a tenth (shared/license-check-share.ts). */
  readonly requestsPerSecond: number;
}

export const DEFAULT_LICENSE_CHECK: LicenseCheckSettings = {
  cacheSeconds: { active: 3_600, other: 300 },
  requestsPerSecond: 50,
};

/** The setting as the deployment handed it to the function. */
export const readLicenseCheckCache = (): LicenseCheckCache =>
  JSON.parse(requireEnv(ENV.licenseCheckCache)) as LicenseCheckCache;
