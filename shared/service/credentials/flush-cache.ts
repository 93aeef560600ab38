import type { UsageKeys } from '../../gateway/usage-keys';

/**
 * Twice the time for which API Gateway caches the authorizer's response
 * (lib/constructs/api/scim-authorizer.ts). No cached response is older than a revocation before this time.
 */
export const LONGEST_CACHE_MS = 10 * 60_000;

/**
 * Flushes the cache of the authorizer after a revocation, so that it is effective immediately. The cache is
 * that of all domains, so a revocation that was long ago does not flush it again.
 */
export async function flushAfterRevocation(
  usageKeys: Pick<UsageKeys, 'flushAuthorizerCache'>,
  revokedAt: string,
  now: Date,
): Promise<void> {
  if (now.getTime() - Date.parse(revokedAt) <= LONGEST_CACHE_MS) await usageKeys.flushAuthorizerCache();
}
