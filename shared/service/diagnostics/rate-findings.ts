import type { RateLimit } from '../../rate-plan';
import type { MinuteUsage } from '../../store/limits/rate-usage';
import type { FindingDraft } from './finding';
import { pluralize } from './wording';

/** What is to be said of the last hour's requests, newest minute first; `limit` is null where there is none. */
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
        `The rate limit of ${limit.perMinute} requests a minute and ${limit.perTenSeconds} in ten seconds was reached in ` +
        `${pluralize(full.length, 'minute')} of the last hour, last in that of ${last.minute.slice(11, 16)} UTC.`,
      action:
        'Administrator of the identity provider: nothing, if it obeys Retry-After; it only takes longer. Operator: give the domain another rate plan if that goes on.',
      details: full.map(({ minute, requests, inTenSeconds }) => ({
        minute,
        requests,
        mostInTenSeconds: Math.max(...inTenSeconds),
      })),
    },
  ];
}
