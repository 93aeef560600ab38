import { ENV } from '../env';

/** The number of requests that a domain may make. A plan that is `null` in the settings has no limit. */
export interface RateLimit {
  /** Requests per minute of the clock. */
  readonly perMinute: number;
  /** Requests per ten seconds of that minute. */
  readonly perTenSeconds: number;
  /**
   * Bulk operations that count as one request, rounded up: with 10, a bulk of 11 operations counts as two.
   */
  readonly bulkOperationsPerRequest: number;
}

export const RATE_PLAN_NAMES = ['standard', 'gallery', 'unmetered'] as const;
export type RatePlanName = (typeof RATE_PLAN_NAMES)[number];
export type RatePlans = Readonly<Record<RatePlanName, RateLimit | null>>;

/** The value for a plan that does not set one. */
export const DEFAULT_BULK_OPERATIONS_PER_REQUEST = 10;

/**
 * `gallery` has the 25 requests per second that Microsoft requires of gallery apps. `unmetered` is for
 * migrations.
 */
export const DEFAULT_RATE_PLANS: RatePlans = {
  standard: {
    perMinute: 100,
    perTenSeconds: 20,
    bulkOperationsPerRequest: DEFAULT_BULK_OPERATIONS_PER_REQUEST,
  },
  gallery: {
    perMinute: 1500,
    perTenSeconds: 250,
    bulkOperationsPerRequest: DEFAULT_BULK_OPERATIONS_PER_REQUEST,
  },
  unmetered: null,
};

/**
 * Returns the environment variable with the plans of a deployment. The default plans need none, because all
 * variables of a function share 4 KB.
 */
export function ratePlansVariable(plans: RatePlans): Record<string, string> {
  const value = JSON.stringify(plans);
  return value === JSON.stringify(DEFAULT_RATE_PLANS) ? {} : { [ENV.ratePlans]: value };
}

/** Reads the plans of this deployment from the function's environment. */
export function readRatePlans(): RatePlans {
  const value = process.env[ENV.ratePlans];
  return value === undefined ? DEFAULT_RATE_PLANS : (JSON.parse(value) as RatePlans);
}
