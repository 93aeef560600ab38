import * as z from 'zod/mini';
import type { CountedPeriod, RequestCounts } from '../../../../store/requests/request-counts';
import { REQUEST_OUTCOMES, type RequestRecord } from '../../../../store/requests/request-record';
import type { RequestLog } from '../../../../store/requests/request-log';
import { timeOfId } from '../../../../id';
import type { Clock } from '../../../chain/clock';
import { fields } from '../../fields';
import { CONNECTION, ID_POSITION, limitOf, pageBody, PAGING, positionIn } from '../../paging';
import { ok, route, type AdminRoute } from '../../route';

const TIME = 'an RFC 3339 time, such as 2026-01-31T12:00:00Z';
const time = z.optional(z.iso.datetime({ offset: true }));

const FILTER = {
  outcome: [z.optional(z.enum(REQUEST_OUTCOMES)), '"accepted" or "refused"'],
  status: [
    z.optional(z.string().check(z.regex(/^[1-5](?:xx|\d\d)$/))),
    'a status such as 409, or a class of statuses such as 4xx',
  ],
  from: [time, TIME],
  to: [time, TIME],
} as const;

const MINUTE_MS = 60_000;

/** The periods of the counts. Each one is divided into 42 to 60 intervals. */
const PERIODS = {
  hour: { intervalMs: MINUTE_MS, intervals: 60 },
  day: { intervalMs: 30 * MINUTE_MS, intervals: 48 },
  week: { intervalMs: 4 * 60 * MINUTE_MS, intervals: 42 },
} as const satisfies Readonly<Record<string, CountedPeriod>>;

const PERIOD_NAMES = ['hour', 'day', 'week'] as const satisfies readonly (keyof typeof PERIODS)[];

export interface RequestRoutesOptions {
  readonly log: RequestLog;
  readonly count: (
    domainId: string,
    period: CountedPeriod,
    now: Date,
    connectionId?: string,
  ) => Promise<RequestCounts>;
  readonly now: Clock;
}

/** The requests that identity providers sent to a domain in the last seven days. */
export function requestRoutes({ log, count, now }: RequestRoutesOptions): AdminRoute[] {
  return [
    route({
      method: 'GET',
      path: '/domains/{domainId}/requests',
      access: 'viewer',
      query: fields({ ...FILTER, ...CONNECTION, ...PAGING }),
      handle: async ({ domain, query }) => {
        const { limit, cursor, status, ...filter } = query;
        const after = positionIn(ID_POSITION, cursor);
        const page = await log.page(
          domain.domainId,
          { ...filter, ...(status !== undefined && { status: Number(status.replace('xx', '')) }) },
          limitOf({ limit }),
          new Date(now()),
          after,
        );
        return ok(pageBody({ items: page.requests.map(requestView), next: page.next }));
      },
    }),
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
}

function requestView({ id, keyId, keyName, operations, others, ...request }: RequestRecord): object {
  return {
    id,
    at: timeOfId(id).toISOString(),
    ...request,
    credential: { id: keyId, name: keyName },
    operations: operations?.total,
    failedOperations: operations?.failed,
    similarRequests: others,
  };
}

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
