import { program } from 'commander';
import { REVERTED_FIXES } from './simulation/reverted-fixes';
import { ruleOf, shrink } from './simulation/shrink';
import { Simulation } from './simulation/simulation';

interface Flags {
  readonly seed: string;
  readonly runs: string;
  readonly minutes?: string;
  readonly reverted?: boolean | string;
}

const MINUTE_MS = 60_000;

/** Runs the simulation with many seeds, and prints the first failure. */
async function main(): Promise<void> {
  const flags = program
    .name('npm run simulate --')
    .description('Simulates licenses and emails with many interleavings, faults, and crashes.')
    .option('--seed <number>', 'the seed of the first run', '1')
    .option('--runs <number>', 'the number of runs', '2000')
    .option('--minutes <number>', 'runs for this time instead')
    .option('--reverted [name]', 'reverts one fix after the other, and expects a broken rule each time')
    .parse()
    .opts<Flags>();
  process.exitCode = (await (flags.reverted ? runReverted(flags) : runSeeds(flags))) ? 0 : 1;
}

async function runSeeds({ seed, runs, minutes }: Flags): Promise<boolean> {
  const simulation = new Simulation();
  const startedAt = Date.now();
  const isOver = (done: number): boolean =>
    minutes === undefined ? done >= Number(runs) : Date.now() - startedAt >= Number(minutes) * MINUTE_MS;
  let steps = 0;
  let done = 0;
  for (; !isOver(done); done++) {
    const result = await simulation.run({ seed: Number(seed) + done });
    steps += result.steps;
    if (!result.failure) continue;
    console.log(`The run with the seed ${result.seed} failed: ${result.failure.message}`);
    console.log('Shrinking it …');
    const { trace, failure, choices } = await shrink(simulation, result);
    console.log([...trace, failure?.message, `${choices.length} choices`].join('\n'));
    console.log(`Repeat it: npm run simulate -- --seed ${result.seed} --runs 1`);
    return false;
  }
  const perMinute = Math.round((done * MINUTE_MS) / Math.max(1, Date.now() - startedAt));
  console.log(
    `${done} runs from seed ${seed}, ${steps} calls, ${perMinute} runs a minute: no rule was broken.`,
  );
  return true;
}

/** Reverts one fix after the other. Returns whether the simulation has noticed each time. */
async function runReverted({ seed, runs, reverted }: Flags): Promise<boolean> {
  let areAllFound = true;
  for (const { name, changes, story } of REVERTED_FIXES) {
    if (typeof reverted === 'string' && reverted !== name) continue;
    const simulation = new Simulation(changes);
    let found: string | undefined;
    let done = 0;
    while (!found && done < Number(runs)) {
      const result = await simulation.run({ seed: Number(seed) + done++ });
      found = ruleOf(result);
    }
    areAllFound &&= found !== undefined;
    console.log(
      `${name}: ${found === undefined ? `no rule was broken in ${done} runs` : `run ${done}: ${found}`}. ${story}`,
    );
  }
  return areAllFound;
}

void main();
