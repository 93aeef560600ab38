import { ENV, requireEnv } from '../env';
import { stageName } from '../stage';
import { shareOf } from './usage-share';

/** The number of seconds for which a product may cache the response to a license check. */
export interface LicenseCheckCache {
  readonly active: number;
  /**
   * The cache time of inactive and unknown keys. It is the same for both, because only the status may
   * distinguish them.
   */
  readonly other: number;
}

/** The settings of a deployment for license checks. */
export interface LicenseCheckSettings {
  readonly cacheSeconds: LicenseCheckCache;
  /** The rate of all callers together. Each share of their addresses may use a tenth of it. */
  readonly requestsPerSecond: number;
}

export const DEFAULT_LICENSE_CHECK: LicenseCheckSettings = {
  cacheSeconds: { active: 3_600, other: 300 },
  requestsPerSecond: 50,
};

/** Reads the setting from the function's environment. */
export const readLicenseCheckCache = (): LicenseCheckCache =>
  JSON.parse(requireEnv(ENV.licenseCheckCache)) as LicenseCheckCache;

/**
 * The number of shares into which the callers' addresses are divided. Each share is an API key on the usage
 * plan of the license check. So a flood from one address exhausts the allowance of its share, and leaves the
 * others unaffected.
 */
export const SHARE_COUNT = 16;

/** Returns the share of an address. `salt` as in `shareOf`. */
export const addressShare = (address: string, salt: string): number => shareOf(address, salt, SHARE_COUNT);

/**
 * Returns the beginning of the values of the API keys of a stage. The values must be unique in an account and
 * region.
 */
export const usageKeyPrefix = (stage: string): string => stageName('license-check', stage);

/**
 * Returns the value of a share's API key. API Gateway requires at least 20 characters. The value is not a
 * credential: the API accepts it only from its authorizer, never from a client.
 */
export const usageKeyOf = (share: number, prefix: string): string => `${prefix}-share-${share}`;
