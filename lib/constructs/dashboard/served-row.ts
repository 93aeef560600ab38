import { Duration } from 'aws-cdk-lib';
import { COLORS } from './colors';
import type { DashboardRow } from './dashboard-row';
import { type MonitoredService, scimHandlers } from './monitored-service';
import { computed, FIVE_MINUTES, graph, logTable, numbers, type Series } from './widgets';

/** Above this, identity providers begin to give up on requests. The alarm ApiSlow has the same value. */
const SLOW_MS = 5_000;

/** Answers whether the requests of identity providers succeed, and how fast. */
export function servedRow(service: MonitoredService): DashboardRow {
  const { accessLog } = service.scimApi;
  const hour = Duration.hours(1);
  return {
    question: 'Are identity providers served?',
    explanation: [
      '**Failed** requests (5xx) are faults of the service. Identity providers repeat them, and suspend a connection that keeps failing.',
      '**Refused** requests (4xx) are faults of a request: a wrong key, a taken name, or an unknown user. A few are normal, and many of one domain are not.',
      '**Throttled** requests (429) exceed a rate plan. Identity providers slow down and repeat them.',
      '**p95** is the time within which 95 of 100 requests are answered.',
      '**Domain IDs**: `npm run scim -- domain show <domainId>` shows the name of the customer.',
    ],
    runbook: ['ApiFailing', 'ApiSlow', 'RateCounterUnavailable'],
    lines: [
      [
        numbers({
          title: 'Requests in the time range',
          wholeRange: true,
          width: 12,
          series: outcomes(service, hour),
        }),
        numbers({
          title: 'Half, and 95% of the requests, answered within',
          wholeRange: true,
          width: 6,
          series: latencies(service, hour).slice(0, 2),
        }),
        numbers({
          title: 'Requests without a fault of the service',
          wholeRange: true,
          width: 6,
          series: [success(service, hour)],
        }),
      ],
      [
        graph({
          title: 'Requests by outcome',
          width: 12,
          unit: 'requests in 5 minutes',
          stacked: true,
          series: outcomes(service, FIVE_MINUTES),
        }),
        graph({
          title: 'Time to answer',
          width: 12,
          unit: 'milliseconds',
          series: latencies(service, FIVE_MINUTES),
          limit: { value: SLOW_MS, label: 'Slow' },
        }),
      ],
      [
        logTable({
          title: 'Errors by kind',
          width: 8,
          logs: [accessLog],
          query: [
            'filter status >= 400',
            'stats count(*) as requests by status, method, resource, error',
            'sort requests desc',
            'limit 10',
          ],
        }),
        logTable({
          title: 'Slowest routes',
          width: 8,
          logs: [accessLog],
          query: [
            'filter status < 400',
            'stats count(*) as requests, pct(responseLatency, 50) as p50ms, pct(responseLatency, 95) as p95ms, max(responseLatency) as maxms by method, resource',
            'sort p95ms desc',
            'limit 10',
          ],
        }),
        logTable({
          title: 'Identity providers',
          width: 8,
          logs: scimHandlers(service).map(({ logGroup }) => logGroup),
          query: [
            'filter message = "request"',
            'stats count(*) as requests, pct(milliseconds, 95) as p95ms, avg(capacity.read) as readUnits, avg(capacity.write) as writeUnits by identityProvider',
            'sort requests desc',
            'limit 10',
          ],
        }),
      ],
      [
        logTable({
          title: 'Top 10 domains by requests',
          width: 12,
          logs: [accessLog],
          query: [
            'filter ispresent(domainId) and domainId != "-"',
            'stats count(*) as requests, pct(responseLatency, 95) as p95ms, count_distinct(keyId) as keys by domainId',
            'sort requests desc',
            'limit 10',
          ],
        }),
        logTable({
          title: 'Top 10 domains by refused and failed requests ("-": nobody, because the key is wrong)',
          width: 12,
          logs: [accessLog],
          query: [
            'filter status >= 400',
            'stats count(*) as requests by domainId, status',
            'sort requests desc',
            'limit 10',
          ],
        }),
      ],
    ],
  };
}

/**
 * Returns the metrics of API Gateway from which the outcomes follow. It counts a 5xx that a gateway response
 * sets as 4xx.
 */
function counts({ scimApi, statuses }: MonitoredService, period: Duration) {
  const options = { period, statistic: 'Sum' };
  return {
    all: scimApi.api.metricCount(options),
    clientErrors: scimApi.api.metricClientError(options),
    serverErrors: scimApi.api.metricServerError(options),
    failed: statuses.serverErrors.with({ period }),
    throttled: statuses.throttled.with({ period }),
  };
}

function outcomes(service: MonitoredService, period: Duration): Series[] {
  const metrics = counts(service, period);
  const { all, clientErrors, serverErrors, failed, throttled } = metrics;
  const errors = 'FILL(clientErrors, 0) + FILL(serverErrors, 0)';
  return [
    {
      label: 'Successful',
      color: COLORS.good,
      metric: computed(`all - (${errors})`, { all, clientErrors, serverErrors }, period),
    },
    {
      label: 'Refused (4xx)',
      color: COLORS.neutral,
      metric: computed(
        `${errors} - FILL(failed, 0) - FILL(throttled, 0)`,
        { clientErrors, serverErrors, failed, throttled },
        period,
      ),
    },
    {
      label: 'Throttled (429)',
      color: COLORS.waiting,
      metric: computed('FILL(throttled, 0)', { throttled }, period),
    },
    { label: 'Failed (5xx)', color: COLORS.bad, metric: computed('FILL(failed, 0)', { failed }, period) },
  ];
}

function success(service: MonitoredService, period: Duration): Series {
  const { all, failed } = counts(service, period);
  return {
    label: 'Percent',
    color: COLORS.good,
    metric: computed('100 * (all - FILL(failed, 0)) / all', { all, failed }, period),
  };
}

const latencies = ({ scimApi }: MonitoredService, period: Duration): Series[] =>
  (
    [
      ['p50', 'p50 (half of the requests)', COLORS.good],
      ['p95', 'p95', COLORS.neutral],
      ['p99', 'p99', COLORS.waiting],
    ] as const
  ).map(([statistic, label, color]) => ({
    metric: scimApi.api.metricLatency({ period, statistic }),
    label: period === FIVE_MINUTES ? label : `${statistic} (ms)`,
    color,
  }));
