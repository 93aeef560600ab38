import * as z from 'zod/mini';
import { type DayUsage, USAGE_DAYS } from '../../../../store/usage/usage-history';
import { fields } from '../../fields';
import { ok, route, type AdminRoute } from '../../route';

const DEFAULT_DAYS = 90;
const USAGE_QUERY = fields({
  days: [
    z.optional(z.string().check(z.regex(/^([1-9][0-9]?|[1-3][0-9][0-9]|400)$/))),
    `a whole number from 1 to ${USAGE_DAYS}`,
  ],
});

/**
 * The licenses and the seats of a domain on each of the last days. `licenseUsage` returns the counts of these
 * days, oldest first. The last day is the current one.
 */
export const licenseUsageRoutes = (
  licenseUsage: (domainId: string, days: number) => Promise<readonly DayUsage[]>,
): AdminRoute[] => [
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

/** Each user has one license, so a user whose license is neither active nor pending has an inactive one. */
const dayView = ({ date, users, activeLicenses, pendingLicenses, seats }: DayUsage): object => ({
  date,
  users,
  activeLicenses,
  pendingLicenses,
  inactiveLicenses: Math.max(0, users - activeLicenses - pendingLicenses),
  seats: seats ?? null,
});
