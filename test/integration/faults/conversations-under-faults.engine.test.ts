import { systemAssembly } from '../../support/jest/start-system';
import { type FaultySystem, startFaultySystem } from '../../support/faults/faulty-system';
import { type FaultRun, runUnderFaults } from '../../support/faults/run';

// A longer run, with the pauses that the service asks for: npm run test:faults
const SHARE = 0.1;
const SEED = 7;
const USERS = 3;
const PAUSE_FACTOR = 0.1;

let system: FaultySystem;
let run: FaultRun;
beforeAll(async () => {
  system = await startFaultySystem({ share: SHARE, seed: SEED, assembly: systemAssembly() });
  run = await runUnderFaults(system, { users: USERS, pauseFactor: PAUSE_FACTOR });
});
afterAll(() => system.stop());

describe('if a tenth of all calls to AWS fail', () => {
  it('conversations pass with the retries of identity providers, data agrees, and each email is sent once', () => {
    expect(run.problems).toEqual([]);
  });

  it('every failure says when to retry', () => {
    expect(run.observed.withoutRetryAfter).toEqual([]);
    expect(run.observed.retries).toBeGreaterThan(0);
  });

  it('the faults are of many kinds', () => {
    const kinds = new Set(run.faults.injected.map(({ kind }) => kind));
    expect(kinds.size).toBeGreaterThan(8);
    expect(run.faults.injected.length).toBeGreaterThan(0.05 * run.faults.calls);
  });
});
