import { readFileSync } from 'node:fs';
import path from 'node:path';
import { REVERTED_FIXES } from './reverted-fixes';
import { ruleOf, shrink } from './shrink';
import { Simulation } from './simulation';

const RUNS = Number(process.env.SIMULATION_RUNS ?? 100);
/** A run without a fix that breaks a rule soon. All fixes: `npm run simulate -- --reverted`. */
const REVERTED = ['event-before-mark', 'free-seat', 'same-token', 'known-key'];
const MAX_REVERTED_RUNS = 400;

/** Returns the first run from the seed 1 that breaks a rule. */
async function firstFailure(simulation: Simulation, runs: number) {
  for (let seed = 1; seed <= runs; seed++) {
    const result = await simulation.run({ seed });
    if (result.failure) return result;
  }
  return undefined;
}

describe('the simulation of licenses and emails', () => {
  it('breaks no rule in any run', async () => {
    const failed = await firstFailure(new Simulation(), RUNS);
    // `npm run simulate -- --seed <seed> --runs 1` shrinks it.
    expect(failed && { seed: failed.seed, failure: failed.failure?.message }).toBeUndefined();
  });

  it('makes the same calls with the same seed', async () => {
    const simulation = new Simulation();
    const [first, second] = [await traceOf(simulation, 5), await traceOf(simulation, 5)];
    expect(first.length).toBeGreaterThan(20);
    expect(second).toEqual(first);
    expect(await traceOf(simulation, 6)).not.toEqual(first);
  });

  it.each(REVERTED_FIXES.flatMap(({ name, changes }) => changes.map((change) => ({ name, ...change }))))(
    'can take back $name in $file',
    ({ file, find }) => {
      const source = readFileSync(path.join(__dirname, '../..', file), 'utf8');
      expect(source.split(find)).toHaveLength(2);
    },
  );

  it.each(REVERTED)('breaks a rule without the fix %s', async (name) => {
    const changes = REVERTED_FIXES.find((fix) => fix.name === name)?.changes;
    const failed = await firstFailure(new Simulation(changes), MAX_REVERTED_RUNS);
    expect(failed?.failure?.name).toBe('RuleBroken');
  });

  it('shrinks a run that breaks a rule to a shorter one that breaks the same rule', async () => {
    const fix = REVERTED_FIXES.find(({ name }) => name === 'event-before-mark');
    const simulation = new Simulation(fix?.changes);
    const failed = await firstFailure(simulation, MAX_REVERTED_RUNS);
    if (!failed) throw new Error('No run has broken a rule.');
    const smallest = await shrink(simulation, failed, 100);
    expect(ruleOf(smallest)).toBe(ruleOf(failed));
    expect(smallest.choices.length).toBeLessThan(failed.choices.length);
    expect(smallest.trace.length).toBeGreaterThan(0);
  });
});

/** Returns the calls of a run. */
async function traceOf(simulation: Simulation, seed: number): Promise<string[]> {
  const { trace } = await simulation.run({ seed, isTraced: true });
  return trace.filter((line) => !line.includes('log: '));
}
