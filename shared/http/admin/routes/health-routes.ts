import type { RatePlans } from '../../../rate-plan';
import type { Readiness } from '../../../service/diagnostics/readiness';
import type { Domain } from '../../../store/domains/domain-store';
import type { MinuteUsage } from '../../../store/limits/rate-usage';
import { ok, route, type AdminRoute } from '../route';

export interface HealthRoutesOptions {
  readonly plans: RatePlans;
  readonly readiness: (domain: Domain) => Promise<Readiness>;
  /** Of the last hour, newest first. */
  readonly usage: (domainId: string) => Promise<readonly MinuteUsage[]>;
}

/** How a domain does: what somebody should look at, and what its clients use of the rate limit. */
export function healthRoutes({ plans, readiness, usage }: HealthRoutesOptions): AdminRoute[] {
  return [
    route({
      method: 'GET',
      path: '/domains/{domainId}/readiness',
      access: 'viewer',
      handle: async ({ domain }) => ok(await readiness(domain)),
    }),
    route({
      method: 'GET',
      path: '/domains/{domainId}/rate-usage',
      access: 'viewer',
      handle: async ({ domain: { domainId, ratePlan } }) => {
        const limit = plans[ratePlan];
        const minutes = await usage(domainId);
        return ok({
          ratePlan,
          limit: limit && { perMinute: limit.perMinute, perTenSeconds: limit.perTenSeconds },
          minutes: minutes.map(({ minute, requests, inTenSeconds }) => ({
            minute,
            requests,
            mostInTenSeconds: Math.max(...inTenSeconds),
          })),
        });
      },
    }),
  ];
}
