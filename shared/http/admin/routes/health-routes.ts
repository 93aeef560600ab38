import type { RatePlans } from '../../../rate-plan';
import type { Readiness } from '../../../service/diagnostics/readiness';
import type { Domain } from '../../../store/domains/domain-store';
import type { MinuteUsage } from '../../../store/limits/rate-usage';
import { ok, route, type AdminRoute } from '../route';

export interface HealthRoutesOptions {
  readonly plans: RatePlans;
  readonly readiness: (domain: Domain) => Promise<Readiness>;
  /** Returns the minutes of the last hour, newest first. */
  readonly usage: (domainId: string) => Promise<readonly MinuteUsage[]>;
}

/** The health of a domain: its readiness report, and how much of the rate limit its clients use. */
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
