import { ENV, requireEnv } from './env';

/** The settings of a deployment for license leases. */
export interface LeaseSettings {
  /** The number of whole days for which a lease is valid. */
  readonly days: number;
  /** The names of the signing keys. The first one signs, and all are published. */
  readonly keys: readonly string[];
}

export const DEFAULT_LICENSE_LEASE: LeaseSettings = { days: 1, keys: ['1'] };
export const MAX_LEASE_DAYS = 30;
/** Two keys are needed for a rotation, and a third one if a rotation begins before the last one has ended. */
export const MAX_LEASE_KEYS = 3;

/** The settings with which the function issues leases: JSON of the variable `LICENSE_LEASE`. */
export interface LeaseIssuer {
  /** The claim `iss`: the URL of the license API, without a slash at the end. */
  readonly issuer: string;
  readonly days: number;
}

/** The type of the JWT (RFC 8725 §3.11), so that no other JWT of the service can be taken for a lease. */
export const LEASE_TYPE = 'license-lease+jwt';

/**
 * The time for which the public keys may be cached. A new key is published at least this long before it
 * signs.
 */
export const JWKS_CACHE_SECONDS = 3_600;

/** Reads the setting from the function's environment. */
export const readLeaseIssuer = (): LeaseIssuer => JSON.parse(requireEnv(ENV.licenseLease)) as LeaseIssuer;

/** Reads the ARNs of the signing keys from the function's environment. */
export const readLeaseKeyArns = (): [signing: string, ...others: string[]] =>
  JSON.parse(requireEnv(ENV.leaseKeyArns)) as [string, ...string[]];
