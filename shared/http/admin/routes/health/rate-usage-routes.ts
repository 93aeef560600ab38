import type { RatePlans } from '../../../../limits/rate-plan';
import type { ConnectionNames } from '../../../../service/diagnostics/connection-names';
import type { MinuteUsage } from '../../../../store/limits/rate-usage';
import { ok, route, type AdminRoute } from '../../route';

export interface RateUsageRoutesOptions {
  readonly plans: RatePlans;
  readonly connectionNames: (domainId: string) => Promise<ConnectionNames>;
  /** Returns the minutes of the last hour, newest first, with the requests of these connections. */
  readonly usage: (domainId: string, connectionIds: readonly string[]) => Promise<readonly MinuteUsage[]>;
}

/** The requests of a domain in the last hour, and its rate limit. */
export const rateUsageRoutes = ({ plans, connectionNames, usage }: RateUsageRoutesOptions): AdminRoute[] => [
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
