import { program } from 'commander';
import { runCollectionUnderFaults } from './support/faults/collection';
import { countBy } from './support/faults/count-by';
import { startFaultySystem } from './support/faults/faulty-system';
import { runUnderFaults } from './support/faults/run';
import { keptState, optionalAssembly, shareOfFaults } from './support/rehearsals/options';

interface Flags {
  readonly faults: string;
  readonly seed: string;
  readonly users: string;
  readonly collection: boolean;
  readonly rule: readonly string[];
  readonly hurry: boolean;
  readonly assembly?: string;
  readonly state?: string;
}

/** Runs the conversations and license changes under injected faults, and prints figures. */
async function main(): Promise<void> {
  const flags = program
    .name('npm run test:faults --')
    .description('Runs the conversations of identity providers on a system that injects faults.')
    .addOption(shareOfFaults())
    .option('--seed <number>', 'decides which calls fail', '1')
    .option('--users <number>', 'the number of users whose licenses change', '30')
    .addOption(optionalAssembly())
    .addOption(keptState())
    .option('--rule <query...>', 'more faults, as in POST faults: operation=DeliverBatch&share=0.5', [])
    .option('--hurry', 'shorten the pauses of Retry-After, and do not wait for delayed emails', false)
    .option('--no-collection', 'leave out the API collection')
    .parse()
    .opts<Flags>();
  const system = await startFaultySystem({
    share: Number(flags.faults),
    seed: Number(flags.seed),
    assembly: flags.assembly,
    directory: flags.state,
  });
  try {
    for (const rule of flags.rule) await system.addRule(rule);
    const run = await runUnderFaults(system, {
      users: Number(flags.users),
      isPatient: !flags.hurry,
      pauseFactor: flags.hurry ? 0.1 : 1,
      ...(flags.collection && { more: runCollectionUnderFaults }),
    });
    const { observed, faults, seconds, problems } = run;
    console.log(`share ${flags.faults}, seed ${flags.seed}`);
    console.log(
      `all requests ended after ${seconds.requests} s, and the last email was sent after ${seconds.emails} s`,
    );
    console.log(`${observed.requests} requests, ${observed.retries} of them retries:`, observed.statuses);
    console.log(`${faults.calls} calls to AWS, ${faults.injected.length} faults:`);
    console.log(countBy(faults.injected, ({ kind }) => kind));
    console.log(
      `${observed.withoutRetryAfter.length} responses without Retry-After, ${problems.length} problems`,
    );
    for (const problem of [...observed.withoutRetryAfter, ...problems]) console.log(`- ${problem}`);
    process.exitCode = problems.length + observed.withoutRetryAfter.length > 0 ? 1 : 0;
  } finally {
    await system.stop();
  }
}

void main();
