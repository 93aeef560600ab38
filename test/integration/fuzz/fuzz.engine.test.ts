import { logProblems } from '../../support/fuzz/log-problems';
import { type FuzzRun, runFuzz } from '../../support/fuzz/run-fuzz';
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
    flags: ['--fresh', '--rate-plan', 'unmetered'],
  });
  run = await runFuzz({ seed: SEED, requests: REQUESTS });
});
afterAll(() => system.stop());

describe('random requests to all APIs', () => {
  it('are never answered with a 5xx or data of another domain, and change nothing if they are refused', () => {
    expect(run.problems).toEqual([]);
  });

  it('leave no credential, name, or address in a log', () => {
    expect(logProblems(system.state, run.world)).toEqual([]);
  });

  it('succeed and fail in many ways', () => {
    const statuses = new Set(Object.keys(run.statuses).map((about) => about.split(' ').at(-1)));
    expect([...statuses].sort()).toEqual(expect.arrayContaining(['200', '201', '204', '400', '401', '404']));
  });
});
