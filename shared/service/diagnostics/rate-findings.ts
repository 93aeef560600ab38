import type { RateLimit } from '../../rate-plan';
import type { MinuteUsage } from '../../store/limits/rate-usage';
import type { FindingDraft } from './finding';
import { pluralize } from './wording';

/**
 * Reports minutes of the last hour in which the rate limit was reached. `usage` is newest first. `limit` is
 * null if there is none.
 */
export function rateFindings(usage: readonly MinuteUsage[], limit: RateLimit | null): FindingDraft[] {
  if (!limit) return [];
  const full = usage.filter(
    ({ requests, inTenSeconds }) =>
      requests >= limit.perMinute || inTenSeconds.some((number) => number >= limit.perTenSeconds),
  );
  const [last] = full;
  if (!last) return [];
  return [
    {
      code: 'rate-limit-reached',
      severity: 'warning',
      found:
        `The rate limit of ${limit.perMinute} requests per minute and ${limit.perTenSeconds} per ten ` +
        'seconds was reached in ' +
        `${pluralize(full.length, 'minute')} of the last hour, most recently at ` +
        `${last.minute.slice(11, 16)} UTC.`,
      action:
        'Administrator of the identity provider: no action is necessary if it obeys Retry-After; ' +
        'provisioning only takes longer. Operator: if this continues, give the domain another rate plan.',
      details: full.map(({ minute, requests, inTenSeconds }) => ({
        minute,
        requests,
        mostInTenSeconds: Math.max(...inTenSeconds),
      })),
    },
  ];
}
