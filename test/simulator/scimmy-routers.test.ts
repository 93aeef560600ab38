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

it.each(PROVIDER_IDS)('the report in the documentation shows the failed steps of %s', async (provider) => {
  const results = await runSimulation(provider, target, { users: 3 });
  expect(titlesOf(results, 'failed')).toEqual(reported(PROVIDERS[provider].name));
});
