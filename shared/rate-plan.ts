/** How many requests a domain may make. `null` in the settings of a plan means that it is not limited. */
export interface RateLimit {
  /** Requests in a clock minute. */
  readonly perMinute: number;
  /** Requests in each ten seconds of it. */
  readonly perTenSeconds: number;
}

export const RATE_PLAN_NAMES = ['standard', 'gallery', 'unmetered'] as const;
export type RatePlanName = (typeof RATE_PLAN_NAMES)[number];
export type RatePlans = Readonly<Record<RatePlanName, RateLimit | null>>;

/** `gallery` is the 25 requests a second that Microsoft asks of gallery applications; `unmetered` is for migrations. */
export const DEFAULT_RATE_PLANS: RatePlans = {
  standard: { perMinute: 100, perTenSeconds: 20 },
  gallery: { perMinute: 1500, perTenSeconds: 250 },
  unmetered: null,
};
