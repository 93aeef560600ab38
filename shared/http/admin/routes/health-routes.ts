import type { RatePlans } from '../../../rate-plan';
import type { ConnectionNames } from '../../../service/diagnostics/connection-names';
import type { Readiness } from '../../../service/diagnostics/readiness';
import type { Domain } from '../../../store/domains/domain-store';
import type { MinuteUsage } from '../../../store/limits/rate-usage';
import { fields } from '../fields';
import { CONNECTION } from '../paging';
import { ok, route, type AdminRoute } from '../route';

export interface HealthRoutesOptions {
  readonly plans: RatePlans;
  readonly readiness: (domain: Domain, connectionId?: string) => Promise<Readiness>;
  readonly connectionNames: (domainId: string) => Promise<ConnectionNames>;
  /** Returns the minutes of the last hour, newest first, with the requests of these connections. */
  readonly usage: (domainId: string, connectionIds: readonly string[]) => Promise<readonly MinuteUsage[]>;
}

/** The health of a domain: its readiness report, and how much of the rate limit its clients use. */
export function healthRoutes({
  plans,
  readiness,
  connectionNames,
  usage,
}: HealthRoutesOptions): AdminRoute[] {
  return [
    route({
      method: 'GET',
      path: '/domains/{domainId}/readiness',
      access: 'viewer',
      query: fields(CONNECTION),
      handle: async ({ domain, query }) => ok(await readiness(domain, query.connectionId)),
    }),
    route({
      method: 'GET',
      path: '/domains/{domainId}/rate-usage',
      access: 'viewer',
      handle: async ({ domain: { domainId, ratePlan } }) => {
        const limit = plans[ratePlan];
        const names = await connectionNames(domainId);
        const minutes = await usage(domainId, [...names.keys()]);
        return ok({
          ratePlan,
          limit: limit && { perMinute: limit.perMinute, perTenSeconds: limit.perTenSeconds },
          minutes: minutes.map((used) => minuteView(used, names)),
        });
      },
    }),
  ];
}

const minuteView = (
  { minute, requests, inTenSeconds, connections }: MinuteUsage,
  names: ConnectionNames,
): object => ({
  minute,
  requests,
  mostInTenSeconds: Math.max(...inTenSeconds),
  connections: [...connections]
    .sort(([, one], [, other]) => other - one)
    .map(([connectionId, count]) => ({ connectionId, name: names.get(connectionId), requests: count })),
});
