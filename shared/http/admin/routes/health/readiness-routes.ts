import * as z from 'zod/mini';
import type { RatePlans } from '../../../../limits/rate-plan';
import type { ConnectionNames } from '../../../../service/diagnostics/connection-names';
import type { Readiness } from '../../../../service/diagnostics/readiness';
import { FINDING_LANGUAGES, type FindingLanguage } from '../../../../service/diagnostics/texts/finding-texts';
import type { Domain } from '../../../../store/domains/domain-store';
import type { MinuteUsage } from '../../../../store/limits/rate-usage';
import { type DayUsage, USAGE_DAYS } from '../../../../store/usage/usage-history';
import { fields } from '../../fields';
import { CONNECTION } from '../../paging';
import { ok, route, type AdminRoute } from '../../route';

export interface HealthRoutesOptions {
  readonly plans: RatePlans;
  readonly readiness: (
    domain: Domain,
    connectionId?: string,
    language?: FindingLanguage,
  ) => Promise<Readiness>;
  readonly connectionNames: (domainId: string) => Promise<ConnectionNames>;
  /** Returns the minutes of the last hour, newest first, with the requests of these connections. */
  readonly usage: (domainId: string, connectionIds: readonly string[]) => Promise<readonly MinuteUsage[]>;
  /** Returns the counts of the last days, oldest first. The last day is the current one. */
  readonly licenseUsage: (domainId: string, days: number) => Promise<readonly DayUsage[]>;
}

const READINESS_QUERY = fields({
  ...CONNECTION,
  language: [z.optional(z.enum(FINDING_LANGUAGES)), `one of ${FINDING_LANGUAGES.join(', ')}`],
});

const DEFAULT_DAYS = 90;
const USAGE_QUERY = fields({
  days: [
    z.optional(z.string().check(z.regex(/^([1-9][0-9]?|[1-3][0-9][0-9]|400)$/))),
    `a whole number from 1 to ${USAGE_DAYS}`,
  ],
});

/** The health of a domain: its readiness report, and how much of the rate limit and of its seats it uses. */
export function healthRoutes({
  plans,
  readiness,
  connectionNames,
  usage,
  licenseUsage,
}: HealthRoutesOptions): AdminRoute[] {
  return [
    route({
      method: 'GET',
      path: '/domains/{domainId}/readiness',
      access: 'viewer',
      query: READINESS_QUERY,
      handle: async ({ domain, query }) => ok(await readiness(domain, query.connectionId, query.language)),
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
    route({
      method: 'GET',
      path: '/domains/{domainId}/license-usage',
      access: 'viewer',
      query: USAGE_QUERY,
      handle: async ({ domain: { domainId }, query }) => {
        const days = await licenseUsage(domainId, Number(query.days ?? DEFAULT_DAYS));
        return ok({ days: days.map(dayView) });
      },
    }),
  ];
}

/** Each user has one license, so a user whose license is neither active nor pending has an inactive one. */
const dayView = ({ date, users, activeLicenses, pendingLicenses, seats }: DayUsage): object => ({
  date,
  users,
  activeLicenses,
  pendingLicenses,
  inactiveLicenses: Math.max(0, users - activeLicenses - pendingLicenses),
  seats: seats ?? null,
});

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
