import { Duration } from 'aws-cdk-lib';
import { type IMetric, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { API_KEYS_METRIC, MAX_API_KEYS } from '../../../shared/limits/admin-limits';
import type { WorkQueue } from '../dispatch/work-queue';
import { COLORS } from './colors';
import type { DashboardRow } from './dashboard-row';
import { type MonitoredService, scimHandlers } from './monitored-service';
import { computed, FIVE_MINUTES, graph, logTable, numbers, type Series } from './widgets';

/** The default quota of concurrent invocations of an account and region. */
const CONCURRENCY_QUOTA = 1_000;

/** The alarms on the stream go off above this. */
const LATE_SECONDS = 300;

const HOUR = Duration.hours(1);

/** Answers whether a limit of AWS or of a rate plan will soon stop something. */
export function limitsRow(service: MonitoredService): DashboardRow {
  const { scimApi, mail, dispatcher } = service;
  return {
    question: 'Are we near a limit?',
    explanation: [
      '**429 by domain**: the domain sends more than its rate plan allows. If it imports users, move it to a larger plan.',
      '**Partition throttles** mean that one domain writes more than DynamoDB accepts for one item or partition. **Conflicts** are transactions that met on an item; the service repeats them, so a few hundred are harmless.',
      '**Waiting work** is the delay of emails (`license-changes`), and of seats and clean-ups: `dispatch` reads the stream and sends their work to the queues of `promoter` and `sweep`. Above five minutes, a function fails or cannot run.',
      '**Concurrency**: at the quota of the account, Lambda refuses invocations. Ask AWS for more before the line is reached.',
      `**API keys**: each domain uses one of the ${MAX_API_KEYS.toLocaleString('en')} of the account, which AWS does not raise.`,
    ],
    runbook: [
      'TableThrottled',
      'TableConflicts',
      'LicenseMailLate',
      'DispatchLate',
      'PromotionLate',
      'SesQuotaNearlyUsed',
      'ApiKeysRunningOut',
    ],
    lines: [
      [
        numbers({
          title: 'Highest use of the quotas in the time range, in percent',
          wholeRange: true,
          width: 12,
          series: [concurrencyPercent(), sesPercent(service), apiKeyPercent(service)],
        }),
        numbers({
          title: 'Lambda in the time range, all functions of the account',
          wholeRange: true,
          width: 12,
          series: [
            {
              label: 'Refused invocations',
              color: COLORS.bad,
              metric: lambdaMetric('Throttles', 'Sum', HOUR),
            },
            {
              label: 'Highest concurrency',
              color: COLORS.neutral,
              metric: lambdaMetric('ConcurrentExecutions', 'Maximum', HOUR),
            },
          ],
        }),
      ],
      [
        graph({
          title: 'Table: throttles and conflicts',
          width: 8,
          unit: 'in 5 minutes',
          series: tableSeries(service),
        }),
        graph({
          title: 'Age of the oldest waiting work',
          width: 8,
          unit: 'seconds',
          series: [
            streamAge(
              'Emails: license-changes',
              COLORS.neutral,
              'changes',
              mail.licenseChanges.function.metric('IteratorAge'),
            ),
            streamAge(
              'Seats, clean-ups: dispatch',
              COLORS.second,
              'dispatched',
              dispatcher.function.metric('IteratorAge'),
            ),
            queueAge('Seats: promoter', COLORS.good, service.workQueues.promoter),
            queueAge('Clean-ups: sweep', COLORS.waiting, service.workQueues.sweep),
            queueAge('Events: event-feed', COLORS.quiet, service.workQueues.events),
            queueAge('Mappings: mappings', COLORS.bad, service.workQueues.mappings),
          ],
          limit: { value: LATE_SECONDS, label: 'Late' },
        }),
        graph({
          title: 'Concurrent invocations',
          width: 8,
          unit: 'invocations',
          series: [
            {
              label: 'All functions of the account',
              color: COLORS.neutral,
              metric: lambdaMetric('ConcurrentExecutions', 'Maximum', FIVE_MINUTES),
            },
          ],
          limit: { value: CONCURRENCY_QUOTA, label: 'Default quota of an account' },
        }),
      ],
      [
        logTable({
          title: 'Requests over the rate plan (429), by domain',
          width: 12,
          logs: [scimApi.accessLog],
          query: [
            'filter status = 429',
            'stats count(*) as refused, max(time) as last by domainId, error',
            'sort refused desc',
            'limit 10',
          ],
        }),
        logTable({
          title: 'Domains that use the most capacity',
          width: 12,
          logs: scimHandlers(service).map(({ logGroup }) => logGroup),
          query: [
            'filter message = "request" and ispresent(domainId)',
            'stats sum(capacity.write) as writeUnits, sum(capacity.read) as readUnits, count(*) as requests by domainId',
            'sort writeUnits desc',
            'limit 10',
          ],
        }),
      ],
    ],
  };
}

/** A metric of all functions of the account and region, because they share the quota. */
const lambdaMetric = (metricName: string, statistic: string, period: Duration): Metric =>
  new Metric({ namespace: 'AWS/Lambda', metricName, statistic, period });

const concurrencyPercent = (): Series => ({
  label: `Concurrency (of ${CONCURRENCY_QUOTA.toLocaleString('en')})`,
  color: COLORS.neutral,
  metric: computed(
    `100 * concurrency / ${CONCURRENCY_QUOTA}`,
    { concurrency: lambdaMetric('ConcurrentExecutions', 'Maximum', HOUR) },
    HOUR,
  ),
});

const sesPercent = ({ mail }: MonitoredService): Series => ({
  label: 'Emails in 24 hours (SES)',
  color: COLORS.second,
  metric: mail.outbox.metric('SesQuotaUsed').with({ period: HOUR, statistic: 'Maximum' }),
});

const apiKeyPercent = ({ admin }: MonitoredService): Series => ({
  label: `API keys (of ${MAX_API_KEYS.toLocaleString('en')})`,
  color: COLORS.waiting,
  metric: computed(
    `100 * keys / ${MAX_API_KEYS}`,
    { keys: admin.metric(API_KEYS_METRIC).with({ period: HOUR, statistic: 'Maximum' }) },
    HOUR,
  ),
});

function tableSeries({ table }: MonitoredService): Series[] {
  const event = (metricName: string, id: string): IMetric =>
    computed(
      `FILL(${id}, 0)`,
      { [id]: table.table.metric(metricName, { period: FIVE_MINUTES, statistic: 'Sum' }) },
      FIVE_MINUTES,
    );
  return [
    { label: 'Throttled reads', color: COLORS.waiting, metric: event('ReadThrottleEvents', 'reads') },
    { label: 'Throttled writes', color: COLORS.bad, metric: event('WriteThrottleEvents', 'writes') },
    {
      label: 'Transaction conflicts',
      color: COLORS.neutral,
      metric: event('TransactionConflict', 'conflicts'),
    },
  ];
}

const queueAge = (label: string, color: string, queue: WorkQueue): Series => ({
  label,
  color,
  metric: queue.metricAgeOfOldestMessage({ period: FIVE_MINUTES, statistic: 'Maximum' }),
});

const streamAge = (label: string, color: string, id: string, age: Metric): Series => ({
  label,
  color,
  metric: computed(
    `${id} / 1000`,
    { [id]: age.with({ period: FIVE_MINUTES, statistic: 'Maximum' }) },
    FIVE_MINUTES,
  ),
});
