import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PROVIDERS } from '../../shared/simulator/providers/providers';
import { PROVIDER_IDS } from '../../shared/simulator/provider-id';
import { runSimulation, titlesOf } from '../support/simulator/run';

const ROOT = path.join(__dirname, '../..');
const REPORT = readFileSync(path.join(ROOT, 'docs/simulator.md'), 'utf8');

let service: ChildProcess;
let target: { baseUrl: string; token: string };
beforeAll(async () => {
  service = spawn('node', ['--import', 'tsx', 'test/support/simulator/scimmy-service.ts'], { cwd: ROOT });
  const [line] = (await once(service.stdout!, 'data')) as [Buffer];
  target = JSON.parse(line.toString()) as typeof target;
});
afterAll(() => service.kill());

/** Returns the titles of the steps that fail, as docs/simulator.md lists them for an identity provider. */
const reported = (name: string): string[] => {
  const section = REPORT.split(/^### /m).find((each) => each.startsWith(`${name} on scimmy-routers`)) ?? '';
  return [...section.matchAll(/^- \*\*(.+?)\*\*: /gm)].map(([, title = '']) => title);
};

/** Returns the numbers of the row of an identity provider: passed, failed, and skipped steps. */
const numbersOf = (name: string): number[] =>
  (new RegExp(`^\\| ${name} +\\|(.*)\\|$`, 'm').exec(REPORT)?.[1] ?? '').split('|').map(Number);

it.each(PROVIDER_IDS)('the report in the documentation shows the failed steps of %s', async (provider) => {
  const results = await runSimulation(provider, target, { users: 3 });
  const { name } = PROVIDERS[provider];
  expect(titlesOf(results, 'failed')).toEqual(reported(name));
  const statuses = ['passed', 'failed', 'skipped'] as const;
  expect(statuses.map((status) => titlesOf(results, status).length)).toEqual(numbersOf(name));
});
