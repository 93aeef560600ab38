import { setTimeout as sleep } from 'node:timers/promises';
import { type ExportedMetric, MetricStore } from '../../local/cloud/metrics/metric-store';
import type { Session } from '../../local/product/session';
import { runAlarms } from '../../local/services/cloudwatch/alarms/alarm-run';
import type { Alarms } from '../../local/services/cloudwatch/alarms/from-template';
import { ImportClient } from './client';

const MINUTE_MS = 60_000;
/** Minutes before the import in which nothing happened. Without them, the outbox would seem not to run. */
const QUIET_MINUTES = 30;
/** The minutes after the last email, in which an alarm could still go off. */
const MINUTES_AFTER = 5;
/** The delays of metrics: none, and that with which CloudWatch usually gets them. */
const DELAYS_MS = [0, 2 * MINUTE_MS];

export interface ImportFigures {
  readonly users: number;
  readonly requests: number;
  /** The requests with a 429, which the client repeats. */
  readonly throttled: number;
  readonly failed: number;
  /** Until the last user was created. */
  readonly seconds: number;
  /** Seconds until the last email was sent. */
  readonly untilLastEmail: number;
  readonly highest: Readonly<Record<string, number>>;
  /** The alarms that went off. */
  readonly alarms: readonly string[];
}

/**
 * Imports users into the domain of the session, waits for their emails, and takes the alarms through that
 * time.
 */
export async function runImport(
  session: Session,
  alarms: Alarms,
  { users, clients }: { readonly users: number; readonly clients: number },
): Promise<ImportFigures> {
  const startedAt = Date.now();
  const seconds = () => (Date.now() - startedAt) / 1_000;
  const client = new ImportClient(session);
  const groupId = await client.createGroup();
  let next = 0;
  const worker = async () => {
    while (next < users) await client.importUser(`employee-${next++}`, groupId);
  };
  const progress = setInterval(() => console.error(`${next} users after ${seconds().toFixed(0)} s`), 30_000);
  await Promise.all(Array.from({ length: clients }, worker));
  clearInterval(progress);
  const imported = seconds();
  while (countOf(await readMetrics(session), 'MailSent') < users) await sleep(1_000);
  const untilLastEmail = seconds();
  await sleep(MINUTES_AFTER * MINUTE_MS);
  const metrics = await readMetrics(session);
  const { requests, throttled, failed } = client;
  return {
    ...{ users, requests, throttled, failed, seconds: imported, untilLastEmail },
    highest: {
      'time of an unsent email in the outbox (s)': highest(metrics, 'OutboxAge'),
      'age of the stream (ms)': highest(metrics, 'IteratorAge'),
      'duration of a request (ms)': highest(metrics, 'Latency'),
    },
    alarms: alarmsThatWentOff(alarms, metrics, startedAt),
  };
}

const readMetrics = async ({ controlUrl }: Session): Promise<readonly ExportedMetric[]> =>
  (await (await fetch(`${controlUrl}/metrics`)).json()) as readonly ExportedMetric[];

const valuesOf = (metrics: readonly ExportedMetric[], name: string) =>
  metrics
    .filter((metric) => metric.name === name)
    .flatMap(({ samples }) => samples.flatMap(([, values]) => values));

const countOf = (metrics: readonly ExportedMetric[], name: string): number =>
  valuesOf(metrics, name).reduce((sum, [value, times]) => sum + value * times, 0);

const highest = (metrics: readonly ExportedMetric[], name: string): number =>
  valuesOf(metrics, name).reduce((most, [value]) => Math.max(most, value), 0);

function alarmsThatWentOff(
  alarms: Alarms,
  metrics: readonly ExportedMetric[],
  startedAt: number,
): readonly string[] {
  const store = MetricStore.import(metrics);
  const outbox = store.list().filter(({ name }) => name === 'OutboxAge');
  const start = Math.ceil(startedAt / MINUTE_MS) * MINUTE_MS;
  for (const id of outbox)
    for (let minute = 0; minute <= QUIET_MINUTES; minute++)
      store.put({ ...id, timestamp: start - minute * MINUTE_MS, value: 0 });
  const runs = DELAYS_MS.map((delayMs) => runAlarms(alarms, store, { start, end: Date.now() }, { delayMs }));
  const changes = runs.flatMap((run) => run.changes).filter(({ to }) => to === 'ALARM');
  return [...new Set(changes.map(({ alarm }) => alarm))].sort();
}
