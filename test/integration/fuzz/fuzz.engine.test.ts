import { logProblems } from '../../support/fuzz/log-problems';
import { type FuzzRun, runFuzz } from '../../support/fuzz/run-fuzz';
import { HOOK_HOST_VARIABLE } from '../../support/jest/hook-host';
import { systemAssembly } from '../../support/jest/start-system';
import { type OwnSystem, startOwnSystem } from '../../support/system/own-system';

// A longer run: npm run fuzz -- --seed 2 --requests 5000
const SEED = 1;
const REQUESTS = 200;

let system: OwnSystem;
let run: FuzzRun;
beforeAll(async () => {
  system = await startOwnSystem({
    assembly: systemAssembly(),
    flags: [
      ...['--fresh', '--rate-plan', 'unmetered', '--measure-usage'],
      ...['--webhook-origin', process.env[HOOK_HOST_VARIABLE] ?? ''],
    ],
  });
  run = await runFuzz({ seed: SEED, requests: REQUESTS });
});
afterAll(() => system.stop());

describe('random requests to all APIs', () => {
  it('never take seconds of CPU time, get no 5xx or data of another domain, and change nothing if refused', () => {
    expect(run.problems).toEqual([]);
    // The functions were measured.
    expect(Object.values(run.cpuMs).filter((cpuMs) => cpuMs > 0).length).toBeGreaterThan(5);
  });

  it('leave no credential, name, or address in a log', () => {
    expect(logProblems(system.state, run.world)).toEqual([]);
  });

  it.each(['SCIM', 'admin', 'subscription', 'setup', 'poll', 'token', 'license'])(
    'of the kind %s succeed and fail',
    (kind) => {
      const about = Object.keys(run.statuses).filter((each) => each.startsWith(`${kind} `));
      const statuses = about.map((each) => Number(each.split(' ').at(-1)));
      expect(statuses.some((status) => status < 300)).toBe(true);
      expect(statuses.some((status) => status >= 400)).toBe(true);
    },
  );

  it('succeed and fail in many ways', () => {
    const statuses = new Set(Object.keys(run.statuses).map((about) => about.split(' ').at(-1)));
    expect([...statuses].sort()).toEqual(expect.arrayContaining(['200', '201', '204', '400', '401', '404']));
  });
});
