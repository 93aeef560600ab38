import * as z from 'zod/mini';
import type { CountedPeriod, RequestCounts } from '../../../../store/requests/request-counts';
import type { Clock } from '../../../chain/clock';
import { fields } from '../../fields';
import { CONNECTION } from '../../paging';
import { ok, route, type AdminRoute } from '../../route';

const MINUTE_MS = 60_000;

/** The periods of the counts. Each one is divided into 42 to 60 intervals. */
const PERIODS = {
  hour: { intervalMs: MINUTE_MS, intervals: 60 },
  day: { intervalMs: 30 * MINUTE_MS, intervals: 48 },
  week: { intervalMs: 4 * 60 * MINUTE_MS, intervals: 42 },
} as const satisfies Readonly<Record<string, CountedPeriod>>;

const PERIOD_NAMES = ['hour', 'day', 'week'] as const satisfies readonly (keyof typeof PERIODS)[];

export interface RequestCountRoutesOptions {
  readonly count: (
    domainId: string,
    period: CountedPeriod,
    now: Date,
    connectionId?: string,
  ) => Promise<RequestCounts>;
  readonly now: Clock;
}

/** The numbers of the requests that identity providers sent to a domain in the last seven days. */
export const requestCountRoutes = ({ count, now }: RequestCountRoutesOptions): AdminRoute[] => [
  route({
    method: 'GET',
    path: '/domains/{domainId}/request-counts',
    access: 'viewer',
    query: fields({
      period: [z.optional(z.enum(PERIOD_NAMES)), '"hour", "day", or "week"'],
      ...CONNECTION,
    }),
    handle: async ({ domain, query: { period = 'day', connectionId } }) => {
      const counts = await count(domain.domainId, PERIODS[period], new Date(now()), connectionId);
      return ok(countsView(period, counts));
    },
  }),
];

function countsView(
  period: keyof typeof PERIODS,
  { intervals, statuses, isComplete }: RequestCounts,
): object {
  const sum = (side: 'requests' | 'refused') =>
    intervals.reduce((total, interval) => total + interval[side], 0);
  return {
    period,
    intervalMinutes: PERIODS[period].intervalMs / MINUTE_MS,
    requests: sum('requests'),
    refused: sum('refused'),
    intervals,
    statuses: [...statuses].sort(([a], [b]) => a - b).map(([status, requests]) => ({ status, requests })),
    complete: isComplete,
  };
}
