import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type ExportedMetric, MetricStore } from '../local/cloud/metrics/metric-store';
import { loadAssembly } from '../local/cloud/template/assembly';
import { startSystem } from '../local/product/system';
import { runAlarms } from '../local/services/cloudwatch/alarms/alarm-run';
import { alarmsFromTemplate } from '../local/services/cloudwatch/alarms/from-template';
import { resolveResources } from '../local/services/services';
import type { DashboardBody, Range, Widget } from './dashboard/body';
import { drawPage, type LogTable, PAGE_WIDTH } from './dashboard/draw-page';
import { RUN_SECONDS, runExampleDay } from './dashboard/example-day';
import { launchChromium } from './portal/chromium';

const STATE = '.local/dashboard';
const ASSEMBLY = path.join(STATE, 'cdk.out');
const RUN_FILE = path.join(STATE, 'run.json');
const OUTPUT = 'docs/images';

/** The rows of the dashboard, from top to bottom, as the names of their pictures. */
const ROW_NAMES = ['alarms', 'served', 'licenses', 'limits', 'cost'];

/** A second of the run is a minute of the dashboard, so that three minutes fill its three hours. */
const SPEED = 60;
/** Before this, the outbox has not run long enough for its alarm. */
const WARM_UP_MS = 10 * 60_000;
/** A time at which hours begin. */
const START = Date.UTC(2026, 0, 15, 9);

type Rows = LogTable['rows'];

/** The results of a run. */
interface Run {
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly metrics: readonly ExportedMetric[];
  readonly body: DashboardBody;
  /** Query → result. */
  readonly tables: Readonly<Record<string, LogTable>>;
}

/**
 * `npm run dashboard`: draws the synthesized dashboard with the metrics and logs of a real run on this
 * machine, into docs/images. With `--again`, draws the last run again.
 */
async function main(): Promise<void> {
  const isAgain = process.argv.includes('--again') && existsSync(RUN_FILE);
  const run = isAgain ? (JSON.parse(readFileSync(RUN_FILE, 'utf8')) as Run) : await record();
  const toPageTime = (at: number) => START + (at - run.startedAt) * SPEED;
  const store = MetricStore.import(run.metrics).withTimes(toPageTime);
  const range: Range = { start: START, end: START + RUN_SECONDS * 1_000 * SPEED };
  const tableOf = (widget: Widget) => run.tables[widget.properties.query ?? ''] ?? { columns: [], rows: [] };
  const { states } = runAlarms(alarmsFromTemplate(resolveResources(loadAssembly(ASSEMBLY))), store, {
    start: START + WARM_UP_MS,
    end: range.end,
  });
  const stateOf = (alarm: string) => states.get(alarm) ?? 'INSUFFICIENT_DATA';
  const browser = await launchChromium();
  try {
    for (const [index, widgets] of rowsOf(run.body).entries()) {
      const page = await browser.newPage({ viewport: { width: PAGE_WIDTH, height: 100 } });
      await page.setContent(drawPage(widgets, { store, range, tableOf, stateOf }));
      const file = path.join(OUTPUT, `dashboard-${ROW_NAMES[index] ?? index}.png`);
      await page.screenshot({ path: file, fullPage: true });
      console.log(`Written to ${file}.`);
      await page.close();
    }
  } finally {
    await browser.close();
  }
}

/** Runs the system with the traffic of an example day, and stores what the dashboard needs. */
async function record(): Promise<Run> {
  mkdirSync(STATE, { recursive: true });
  const system = await startSystem({
    port: 0,
    fresh: true,
    ratePlan: 'unmetered',
    state: path.join(STATE, 'state'),
    assembly: ASSEMBLY,
    synth: true,
    meter: false,
    verbose: false,
  });
  try {
    const { controlUrl } = system.session;
    const startedAt = Date.now();
    console.log(`The system runs. The traffic takes ${RUN_SECONDS} seconds.`);
    await runExampleDay(system.session);
    const [body = ''] = Object.values(await readJson<Record<string, string>>(`${controlUrl}/dashboards`));
    const dashboard = JSON.parse(body) as DashboardBody;
    const metrics = await readJson<ExportedMetric[]>(`${controlUrl}/metrics`);
    const tables: Record<string, LogTable> = {};
    for (const { properties } of dashboard.widgets)
      if (properties.query !== undefined) {
        const logGroups = [...properties.query.matchAll(/SOURCE '([^']+)'/g)].map(([, name]) => name);
        const query = properties.query.replace(/SOURCE '[^']+' \| /g, '');
        tables[properties.query] = toTable(
          await readJson<Rows>(`${controlUrl}/insights`, {
            logGroups,
            query,
            start: startedAt,
          }),
        );
      }
    const run = { startedAt, metrics, body: dashboard, tables };
    writeFileSync(RUN_FILE, JSON.stringify(run));
    return run;
  } finally {
    await system.stop();
  }
}

/** The columns are the names of the values, in the order of the query. */
const toTable = (rows: Rows): LogTable => ({ columns: Object.keys(rows[0] ?? {}), rows });

async function readJson<T>(url: string, body?: object): Promise<T> {
  const response = await fetch(url, body && { method: 'POST', body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${url}: ${await response.text()}`);
  return (await response.json()) as T;
}

/** Divides the widgets at the texts that ask a question. The header belongs to the first row. */
function rowsOf({ widgets }: DashboardBody): Widget[][] {
  const rows: Widget[][] = [[]];
  for (const widget of widgets) {
    if (widget.properties.markdown?.startsWith('## ') && (rows.at(-1)?.length ?? 0) > 1) rows.push([]);
    rows.at(-1)?.push(widget);
  }
  return rows;
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
