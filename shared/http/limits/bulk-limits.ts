import type { RateLimit } from '../../rate-plan';

/** One after the other, so many are done well within the 24 s that a request has: about 20 ms each on AWS. */
const MAX_OPERATIONS = 500;
/** Bytes of the body. */
export const MAX_BULK_BYTES = 1_048_576;

/** How many operations a bulk may have: no more than the caller's rate plan lets pass at once. */
export function maxBulkOperations(limit: RateLimit | null): number {
  if (!limit) return MAX_OPERATIONS;
  const requestsAtOnce = Math.min(limit.perMinute, limit.perTenSeconds);
  return Math.min(MAX_OPERATIONS, requestsAtOnce * limit.bulkOperationsPerRequest);
}

/** How many requests of a rate plan a bulk counts as. */
export const requestsOfBulk = (operations: number, limit: RateLimit | null): number =>
  limit ? Math.max(1, Math.ceil(operations / limit.bulkOperationsPerRequest)) : 1;
