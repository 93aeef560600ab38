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
/** The minutes after its end for which an alarm is listed. */
const RECENT_MINUTES = 60;

const timeOf = (at: number): string => new Date(at).toISOString().slice(11, 16);

export const readMetrics = ({ controlUrl }: Session): Promise<readonly ExportedMetric[]> =>
  readJson<readonly ExportedMetric[]>(`${controlUrl}/metrics`);

/** Prints the alarms that are on now, and those that were on in the last minutes. */
export async function listAlarms(run: Running, alarms: Alarms): Promise<void> {
  const { slowness } = FAULTS[run.number - 1] ?? {};
  const store = simulatedMetrics(await readMetrics(run.session), run, slowness);
  const end = simulatedTime(run, Date.now());
  const start = SIMULATED_START + SHOWN_MINUTES * MINUTE_MS;
  const { states, changes } = runAlarms(alarms, store, { start, end });
  const on = [...states].filter(([, state]) => state === 'ALARM').map(([name]) => name);
  const descriptions = new Map(
    [...alarms.metric, ...alarms.composite].map(({ name, description }) => [name, description]),
  );
  for (const name of on.sort()) console.log(`${name}: ${descriptions.get(name)}`);
  if (on.length === 0) console.log('No alarm is on.');
  // An alarm can have recovered between its notification and this command, which takes simulated minutes to
  // start.
  const ended = new Map(
    changes
      .filter(
        ({ alarm, from, at }) =>
          from === 'ALARM' && !on.includes(alarm) && at > end - RECENT_MINUTES * MINUTE_MS,
      )
      .map(({ alarm, at }) => [alarm, at]),
  );
  for (const [name, at] of ended)
    console.log(`${name} was on until ${timeOf(at)}: ${descriptions.get(name)}`);
}

/** Members of log lines that are not columns of a saved query. */
const NO_COLUMN =
  /^@(message|logStream)$|^_aws|^timestamp$|^error\.stack$|^(function_(arn|memory_size|name)|sampling_rate|cold_start|service)$/;

/** Prints the rows that a saved query finds, with the times of the simulated clock. */
export async function runQuery(run: Running, name: string, words: readonly string[]): Promise<void> {
  const { session } = run;
  const replaced = words.map((word) => word.split('=', 2) as [string, string]);
  const query = new URLSearchParams([['name', name], ...replaced]);
  const rows = await readJson<readonly object[]>(`${session.controlUrl}/insights?${query.toString()}`);
  // As in the console, `@message` is what a click on the row shows. A row of a line of text has nothing else.
  const shown = rows.map((row) => {
    const { '@timestamp': at, ...rest } = row as Record<string, unknown>;
    const members = Object.entries(rest).filter(([key]) => !NO_COLUMN.test(key));
    return {
      ...(typeof at === 'number' && { '@timestamp': timeOf(simulatedTime(run, at)) }),
      ...(members.some(([key]) => !key.startsWith('@')) ? Object.fromEntries(members) : rest),
    };
  });
  for (const row of shown) console.log(JSON.stringify(row));
  console.log(`${rows.length} rows.`);
}

/** Returns a name as it is compared: `license-check` matches the function `LicenseCheckHandler`. */
const comparable = (name: string): string => name.toLowerCase().replaceAll('-', '');

/**
 * Prints the values of a metric in each of the last minutes that have data: their number, sum, and maximum.
 */
export async function listMetric(run: Running, name: string, dimension = ''): Promise<void> {
  const store = simulatedMetrics(await readMetrics(run.session), run);
  const end = simulatedTime(run, Date.now());
  const found = store
    .list()
    .filter(
      (id) => id.name === name && comparable(JSON.stringify(id.dimensions)).includes(comparable(dimension)),
    );
  for (const id of found) {
    console.log(`${id.namespace} ${name} ${Object.values(id.dimensions).join(' ')}`);
    const lines: string[] = [];
    for (let at = SIMULATED_START; at < end; at += MINUTE_MS) {
      const values = store.samples(id, at, at + MINUTE_MS).flatMap((sample) => [...sample.values]);
      const count = values.reduce((total, [, times]) => total + times, 0);
      const sum = values.reduce((total, [value, times]) => total + value * times, 0);
      const maximum = values.reduce((most, [value]) => Math.max(most, value), 0);
      if (count > 0) lines.push(`  ${timeOf(at)} count ${count}, sum ${sum}, maximum ${maximum}`);
    }
    lines.slice(-SHOWN_MINUTES).forEach((line) => console.log(line));
    if (lines.length === 0) console.log('  no data yet');
  }
  if (found.length === 0) console.log(`There is no data of ${name}${dimension && ` of ${dimension}`}.`);
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
