import { systemAssembly } from '../../support/jest/start-system';
import { runSoak, type SoakRun } from '../../support/soak/run-soak';

// A longer run: npm run soak -- --seed 2 --minutes 30
const SEED = 1;
const FAULTS = 0.1;

let run: SoakRun;
beforeAll(async () => {
  run = await runSoak({
    ...{ seed: SEED, faults: FAULTS, minutes: 1, operations: 200 },
    ...{ domains: 3, clients: 8, shrinkMinutes: 0 },
    assembly: systemAssembly(),
  });
});

describe(`a soak of one minute with seed ${SEED}`, () => {
  it('loses nothing, and leaves nothing wrong', () => {
    expect(run.findings.problems).toEqual([]);
  });

  it('changes users, groups, and licenses while calls fail', () => {
    const { faults, findings, countedResponses } = run;
    const counts = [
      faults.injected.length,
      findings.licenses,
      findings.groups,
      findings.events,
      countedResponses,
    ];
    expect(counts.every((count) => count > 0)).toBe(true);
  });
});
