import { systemAssembly } from '../../support/jest/start-system';
import { runSoak, type SoakRun } from '../../support/soak/run-soak';

// A longer run: npm run soak -- --seed 2 --operations 20000 --minutes 60
const SEED = 1;
const OPERATIONS = 250;

let run: SoakRun;
beforeAll(async () => {
  run = await runSoak({
    ...{ seed: SEED, faults: 0.1, minutes: 2, operations: OPERATIONS },
    ...{ domains: 3, clients: 8, shrinkMinutes: 0, assembly: systemAssembly() },
  });
});

describe('a minute of random changes under faults and kills', () => {
  it('breaks no promise of docs/reliability.md', () => {
    expect(run.findings.problems).toEqual([]);
  });

  it('had operations, faults, kills, and responses to compare', () => {
    expect(run.operations.length).toBeGreaterThan(OPERATIONS / 2);
    expect(run.faults.injected.length).toBeGreaterThan(0);
    expect(run.kills).toBeGreaterThan(0);
    expect(run.countedResponses).toBeGreaterThan(0);
    expect(run.findings.events).toBeGreaterThan(0);
  });
});
