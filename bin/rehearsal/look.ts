import { spawnSync } from 'node:child_process';
import type { ExportedMetric } from '../../local/cloud/metrics/metric-store';
import type { Session } from '../../local/product/session';
import { runAlarms } from '../../local/services/cloudwatch/alarms/alarm-run';
import type { Alarms } from '../../local/services/cloudwatch/alarms/from-template';
import { FAULTS } from './faults';
import type { Running } from './running';
import { simulatedMetrics, SIMULATED_START, simulatedTime } from './simulated-time';

const MINUTE_MS = 60_000;
const SHOWN_MINUTES = 15;

export const readMetrics = ({ controlUrl }: Session): Promise<readonly ExportedMetric[]> =>
  readJson<readonly ExportedMetric[]>(`${controlUrl}/metrics`);

/** Prints the alarms that are on now. */
export async function listAlarms({ session, number, startedAt }: Running, alarms: Alarms): Promise<void> {
  const store = simulatedMetrics(await readMetrics(session), startedAt, FAULTS[number - 1]?.slowness);
  const { states } = runAlarms(alarms, store, {
    start: SIMULATED_START + SHOWN_MINUTES * MINUTE_MS,
    end: simulatedTime(startedAt, Date.now()),
  });
  const on = [...states].filter(([, state]) => state === 'ALARM').map(([name]) => name);
  const descriptions = new Map(
    [...alarms.metric, ...alarms.composite].map(({ name, description }) => [name, description]),
  );
  for (const name of on.sort()) console.log(`${name}: ${descriptions.get(name)}`);
  if (on.length === 0) console.log('No alarm is on.');
}

/** Prints the rows that a saved query finds. */
export async function runQuery({ session }: Running, name: string, words: readonly string[]): Promise<void> {
  const replaced = words.map((word) => word.split('=', 2) as [string, string]);
  const query = new URLSearchParams([['name', name], ...replaced]);
  const rows = await readJson<readonly object[]>(`${session.controlUrl}/insights?${query.toString()}`);
  // As in the console, `@message` is what a click on the row shows.
  const shown = rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).filter(([key]) => !/^@(message|logStream)$|^_aws|^timestamp$/.test(key)),
    ),
  );
  for (const row of shown) console.log(JSON.stringify(row));
  console.log(`${rows.length} rows.`);
}

/** Prints the values of a metric in each of the last minutes: their number, sum, and maximum. */
export async function listMetric(
  { session, startedAt }: Running,
  name: string,
  dimension = '',
): Promise<void> {
  const store = simulatedMetrics(await readMetrics(session), startedAt);
  const end = simulatedTime(startedAt, Date.now());
  const found = store
    .list()
    .filter((id) => id.name === name && JSON.stringify(id.dimensions).includes(dimension));
  for (const id of found) {
    console.log(`${id.namespace} ${Object.values(id.dimensions).join(' ')}`);
    for (let at = end - SHOWN_MINUTES * MINUTE_MS; at < end; at += MINUTE_MS) {
      const values = store.samples(id, at, at + MINUTE_MS).flatMap((sample) => [...sample.values]);
      const count = values.reduce((total, [, times]) => total + times, 0);
      const sum = values.reduce((total, [value, times]) => total + value * times, 0);
      const maximum = values.reduce((most, [value]) => Math.max(most, value), 0);
      if (count > 0)
        console.log(
          `  ${new Date(at).toISOString().slice(11, 16)} count ${count}, sum ${sum}, maximum ${maximum}`,
        );
    }
  }
  if (found.length === 0) console.log(`There is no data of ${name}.`);
}

/** Runs a command of the CLI with the admin token of the local system. */
export function runCli({ session }: Running, words: readonly string[]): void {
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', 'bin/scim.ts', ...words], {
    stdio: 'inherit',
    env: {
      ...process.env,
      SCIM_ADMIN_URL: session.adminUrl,
      SCIM_ADMIN_TOKEN: session.adminToken,
    },
  });
  process.exitCode = status ?? 1;
}

/** Prints the fault, and the entry of the runbook that leads to it. */
export function answer({ number }: Running): void {
  const fault = FAULTS[number - 1];
  console.log(`${fault?.cause}\nThe entry of docs/runbook.md: ${fault?.entry}`);
}

async function readJson<T>(url: string): Promise<T> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${await response.text()}`);
  return (await response.json()) as T;
}
