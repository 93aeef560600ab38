import { ENV, requireEnv } from './env';

/** How many requests a domain may make. `null` in the settings of a plan means that it is not limited. */
export interface RateLimit {
  /** Requests in a clock minute. */
  readonly perMinute: number;
  /** Requests in each ten seconds of it. */
  readonly perTenSeconds: number;
  /** Operations of a bulk that count as one request; a started number counts as a whole. */
  readonly bulkOperationsPerRequest: number;
}

export const RATE_PLAN_NAMES = ['standard', 'gallery', 'unmetered'] as const;
export type RatePlanName = (typeof RATE_PLAN_NAMES)[number];
export type RatePlans = Readonly<Record<RatePlanName, RateLimit | null>>;

/** Where a plan does not say. */
export const DEFAULT_BULK_OPERATIONS_PER_REQUEST = 10;

/** `gallery` is the 25 requests a second that Microsoft asks of gallery applications; `unmetered` is for migrations. */
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

/** The plans of this deployment, as the functions behind the API are told them. */
export const readRatePlans = (): RatePlans => JSON.parse(requireEnv(ENV.ratePlans)) as RatePlans;
