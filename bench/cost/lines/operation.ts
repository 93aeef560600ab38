import { ASSUMPTIONS } from '../assumptions';
import { eventCount, type Workload } from '../workload';
import { apiRequests, invocationsOf } from './compute';
import type { Situation, UsageLine } from './usage-line';

/** Monitoring, security, and queues: mostly fixed costs. */
export function operationLines(situation: Situation): UsageLine[] {
  return [...monitoringLines(situation), ...securityLines(situation), ...queueLines(situation)];
}

function monitoringLines(situation: Situation): UsageLine[] {
  const { counts, workload } = situation;
  const written = logGigabytes(situation);
  const months = counts.logRetentionDays / (365 / 12);
  const fixed = (priceId: string, quantity: number, note: string): UsageLine => ({
    priceId,
    quantity,
    basis: 'counted',
    note,
  });
  return [
    fixed('cloudwatch.alarms', counts.alarmMetrics, 'an alarm costs this for each of its metrics'),
    fixed('cloudwatch.compositeAlarms', counts.compositeAlarms, 'composite alarms'),
    fixed('cloudwatch.dashboards', counts.dashboards, 'dashboards'),
    fixed('cloudwatch.metrics', counts.customMetrics, 'metrics of the service with an alarm, all month'),
    fixed('cloudwatch.canaryRuns', counts.syntheticRuns, 'schedules of synthetic canaries'),
    {
      priceId: 'logs.ingestion',
      quantity: written,
      basis: 'assumed',
      note: `log level ${counts.logLevel}, bytes per entry`,
    },
    {
      priceId: 'logs.storage',
      quantity: written * ASSUMPTIONS.logCompression * months,
      basis: 'assumed',
      note: `kept for ${counts.logRetentionDays} days`,
    },
    {
      priceId: 'xray.traces',
      quantity: counts.tracing ? traces(workload) : 0,
      basis: 'assumed',
      note: 'one request a second, and 5% of the others',
    },
  ];
}

function logGigabytes(situation: Situation): number {
  const { accessLogBytes, functionLogBytes, logFactor } = ASSUMPTIONS;
  const invocations = invocationsOf(situation).reduce((sum, { count }) => sum + count, 0);
  const bytes = functionLogBytes * (logFactor[situation.counts.logLevel] ?? 1);
  return (apiRequests(situation.workload) * accessLogBytes + invocations * bytes) / 1e9;
}

function traces(workload: Workload): number {
  const requests = apiRequests(workload);
  const first = Math.min(requests, ASSUMPTIONS.hoursPerMonth * 3_600);
  return first + (requests - first) * ASSUMPTIONS.sampledTraces;
}

function securityLines({ counts, workload }: Situation): UsageLine[] {
  const { hoursPerMonth, kmsCallsPerHour, secretReadsPerHour } = ASSUMPTIONS;
  const hoursOfFunctions = counts.functions * hoursPerMonth;
  return [
    { priceId: 'kms.keys', quantity: counts.keys, basis: 'counted', note: 'without rotations' },
    {
      priceId: 'kms.requests',
      quantity: counts.tableHasCustomerKey ? hoursOfFunctions * kmsCallsPerHour : 0,
      basis: 'assumed',
      note: 'every function, every five minutes',
    },
    { priceId: 'secrets.secrets', quantity: counts.secrets, basis: 'counted', note: 'secrets and replicas' },
    {
      priceId: 'secrets.requests',
      quantity: workload.users > 0 ? hoursOfFunctions * secretReadsPerHour : 0,
      basis: 'assumed',
      note: 'every function, every five minutes',
    },
    { priceId: 'waf.acls', quantity: counts.webAcls, basis: 'counted', note: 'web ACLs' },
    { priceId: 'waf.rules', quantity: counts.webAclRules, basis: 'counted', note: 'rules of the web ACLs' },
    {
      priceId: 'waf.requests',
      quantity: counts.webAcls > 0 ? apiRequests(workload) : 0,
      basis: 'assumed',
      note: 'all requests to the APIs',
    },
  ];
}

function queueLines({ counts, workload }: Situation): UsageLine[] {
  const { idlePollsPerHour, hoursPerMonth } = ASSUMPTIONS;
  const line = (kind: 'fifo' | 'standard'): UsageLine => ({
    priceId: `sqs.${kind}`,
    quantity: counts.polledQueues[kind] * idlePollsPerHour * hoursPerMonth,
    basis: 'assumed',
    note: `${counts.polledQueues[kind]} queue with a function, polled all month`,
  });
  return [
    line('standard'),
    line('fifo'),
    {
      priceId: 'eventbridge.events',
      quantity: counts.eventBuses > 0 ? eventCount(workload) : 0,
      basis: 'assumed',
      note: 'one subscription of the deployment to all types of events',
    },
  ];
}
