import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { BY_EXTERNAL_ID, BY_NAME } from '../../../shared/store/table/keys';
import type { ScimFunction } from '../common/scim-function';
import { COLORS } from './colors';
import type { DashboardRow } from './dashboard-row';
import { functionsOf, type MonitoredService } from './monitored-service';
import { LOG_BYTES, priceOf } from './prices';
import { computed, FIVE_MINUTES, graph, numbers, type Series } from './widgets';

const SECONDS_PER_DAY = 86_400;
const GIGABYTE = 1_000_000_000;

/** Answers what the service costs, and what causes the costs. */
export function costRow(service: MonitoredService): DashboardRow {
  const dollars = dollarsPerDay(service);
  return {
    question: 'What does it cost?',
    explanation: [
      '**Dollars a day**: what a day costs that is like the time range, at list prices, without the free tier. Storage, backups, traces, alarms, and this dashboard are not in it.',
      '**Capacity units**: about 12 write units create a user, 5 send an email, and 2 read units answer a lookup. Reads without an import come from a client that polls.',
      '**GB-seconds** are invocations × duration × memory. They grow with slow requests, not only with more of them.',
    ],
    runbook: [],
    lines: [
      [
        numbers({
          title: 'Dollars a day',
          wholeRange: true,
          width: 6,
          series: [sumOfDollars(dollars)],
        }),
        numbers({
          title: 'Dollars a day, by service',
          wholeRange: true,
          width: 18,
          series: dollars.map(({ series }) => series),
        }),
      ],
      [
        graph({ title: 'Capacity units', width: 8, unit: 'units in 5 minutes', series: capacity(service) }),
        graph({
          title: 'Invocations × duration',
          width: 8,
          unit: 'GB-seconds in 5 minutes',
          series: [gbSeconds(service)],
        }),
        graph({
          title: 'Requests, invocations, and emails',
          width: 8,
          unit: 'in 5 minutes',
          series: usage(service),
        }),
      ],
    ],
  };
}

interface Cost {
  readonly id: string;
  readonly series: Series;
}

/** The variables of all expressions of this row. They have the same names in each widget. */
function variables(service: MonitoredService) {
  const functions = functionsOf(service);
  const apis = { scim: service.scimApi.api, license: service.licenseCheck.api, admin: service.adminApi.api };
  const sum = { period: FIVE_MINUTES, statistic: 'Sum' };
  const units = (kind: 'Read' | 'Write') => ({
    [`table${kind}`]: service.table.table.metric(`Consumed${kind}CapacityUnits`, sum),
    ...Object.fromEntries(
      [BY_NAME, BY_EXTERNAL_ID].map((index, position) => [
        `index${kind}${position}`,
        service.table.table.metric(`Consumed${kind}CapacityUnits`, {
          ...sum,
          dimensionsMap: { TableName: service.table.table.tableName, GlobalSecondaryIndexName: index },
        }),
      ]),
    ),
  });
  const ofFunctions = (name: string, metric: (fn: ScimFunction) => IMetric) =>
    Object.fromEntries(functions.map((fn, index) => [`${name}${index}`, metric(fn)]));
  return {
    functions,
    reads: units('Read'),
    writes: units('Write'),
    durations: ofFunctions('duration', (fn) => fn.function.metricDuration(sum)),
    invocations: ofFunctions('invocations', (fn) => fn.function.metricInvocations(sum)),
    requests: Object.fromEntries(
      Object.entries(apis).map(([id, api]) => [`${id}Requests`, api.metricCount(sum)]),
    ),
    emails: Object.fromEntries(
      [service.mail.licenseChanges, service.mail.outbox].map((fn, index) => [
        `emails${index}`,
        fn.metric('MailSent').with(sum),
      ]),
    ),
  };
}

/** Writes a number without an exponent, which metric math cannot read. */
const decimal = (value: number): string => value.toFixed(12).replace(/0+$/, '');

const added = (metrics: Readonly<Record<string, IMetric>>): string =>
  `(${Object.keys(metrics)
    .map((id) => `FILL(${id}, 0)`)
    .join(' + ')})`;

function dollarsPerDay(service: MonitoredService): Cost[] {
  const { functions, reads, writes, durations, invocations, requests, emails } = variables(service);
  const cost = (
    id: string,
    label: string,
    color: string,
    amount: string,
    metrics: Record<string, IMetric>,
  ): Cost => ({
    id,
    series: {
      label,
      color,
      metric: computed(
        `(${amount}) * ${SECONDS_PER_DAY} / PERIOD(${Object.keys(metrics)[0]})`,
        metrics,
        FIVE_MINUTES,
      ),
    },
  });
  const price = (id: Parameters<typeof priceOf>[1]) => decimal(priceOf(service.table, id));
  const all = (id: Parameters<typeof priceOf>[1], metrics: Readonly<Record<string, IMetric>>) =>
    `${added(metrics)} * ${price(id)}`;
  return [
    cost(
      'database',
      'DynamoDB',
      COLORS.neutral,
      `${all('dynamodb.read', reads)} + ${all('dynamodb.write', writes)}`,
      { ...reads, ...writes },
    ),
    cost(
      'functions',
      'Lambda',
      COLORS.waiting,
      `${gbSecondsOf(functions)} * ${price('lambda.compute')} + ${all('lambda.requests', invocations)}`,
      { ...durations, ...invocations },
    ),
    cost('gateway', 'API Gateway', COLORS.second, all('api.requests', requests), requests),
    cost('emails', 'SES', COLORS.good, all('ses.emails', emails), emails),
    cost(
      'logs',
      'Logs (estimated)',
      COLORS.quiet,
      `(${added(invocations)} * ${LOG_BYTES.invocation} + ${added(requests)} * ${LOG_BYTES.request}) * ${price('logs.ingestion')} / ${GIGABYTE}`,
      { ...invocations, ...requests },
    ),
  ];
}

const sumOfDollars = (costs: readonly Cost[]): Series => ({
  label: 'Total',
  color: COLORS.bad,
  metric: computed(
    costs.map(({ id }) => id).join(' + '),
    Object.fromEntries(costs.map(({ id, series }) => [id, series.metric])),
    FIVE_MINUTES,
  ),
});

const gbSecondsOf = (functions: readonly ScimFunction[]): string =>
  `(${functions.map((fn, index) => `FILL(duration${index}, 0) * ${decimal(memoryGb(fn) / 1_000)}`).join(' + ')})`;

const memoryGb = ({ function: fn }: ScimFunction): number =>
  ((fn.node.defaultChild as CfnFunction).memorySize ?? 128) / 1_024;

function capacity(service: MonitoredService): Series[] {
  const { reads, writes } = variables(service);
  return [
    { label: 'Write units', color: COLORS.waiting, metric: computed(added(writes), writes, FIVE_MINUTES) },
    { label: 'Read units', color: COLORS.neutral, metric: computed(added(reads), reads, FIVE_MINUTES) },
  ];
}

function gbSeconds(service: MonitoredService): Series {
  const { functions, durations } = variables(service);
  return {
    label: 'All functions',
    color: COLORS.waiting,
    metric: computed(gbSecondsOf(functions), durations, FIVE_MINUTES),
  };
}

function usage(service: MonitoredService): Series[] {
  const { invocations, requests, emails } = variables(service);
  return [
    { label: 'Requests', color: COLORS.second, metric: computed(added(requests), requests, FIVE_MINUTES) },
    {
      label: 'Invocations',
      color: COLORS.waiting,
      metric: computed(added(invocations), invocations, FIVE_MINUTES),
    },
    { label: 'Emails', color: COLORS.good, metric: computed(added(emails), emails, FIVE_MINUTES) },
  ];
}
