import { RATE_PLAN_NAMES, type RateLimit, type RatePlans } from '../../limits/rate-plan';

/**
 * Operations run in sequence and take about 20 ms each on AWS, so this many end well within a request's 24 s.
 */
const MAX_OPERATIONS = 500;
/** The maximum size of a bulk's body. */
export const MAX_BULK_BYTES = 1_048_576;

/** Returns how many operations a bulk may have: at most what the caller's rate plan allows at once. */
export function maxBulkOperations(limit: RateLimit | null): number {
  if (!limit) return MAX_OPERATIONS;
  const requestsAtOnce = Math.min(limit.perMinute, limit.perTenSeconds);
  return Math.min(MAX_OPERATIONS, requestsAtOnce * limit.bulkOperationsPerRequest);
}

/** Returns how many operations a bulk of any caller may have, whatever its rate plan. */
export const minBulkOperations = (plans: RatePlans): number =>
  Math.min(...RATE_PLAN_NAMES.map((name) => maxBulkOperations(plans[name])));

/** Returns how many requests a bulk counts as in the rate plan. */
export const requestsOfBulk = (operations: number, limit: RateLimit | null): number =>
  limit ? Math.max(1, Math.ceil(operations / limit.bulkOperationsPerRequest)) : 1;
