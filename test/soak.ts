import { program } from 'commander';
import { countBy } from './support/faults/count-by';
import { keptState, optionalAssembly, shareOfFaults } from './support/rehearsals/options';
import { REVERTED_FIXES, soakReverted } from './support/soak/reverted';
import { runSoak, type ShrunkRun, type SoakRun } from './support/soak/run-soak';

type Flags = Record<
  'minutes' | 'operations' | 'seed' | 'faults' | 'domains' | 'clients' | 'shrinkMinutes',
  string
> & {
  readonly assembly?: string;
  readonly state?: string;
  readonly reverted?: string;
};

/** The exit code if something is wrong, which differs from that of a crash. */
const FOUND = 2;
const MAX_PRINTED = 50;

/** Runs the soak, and prints figures. */
async function main(): Promise<void> {
  const flags = program
    .name('npm run soak --')
    .description(
      'Lets clients and administrators change domains under faults and kills, and checks everything.',
    )
    .option('--minutes <number>', 'the longest time for changes', '5')
    .option('--operations <number>', 'the largest number of operations', 'Infinity')
    .option('--seed <number>', 'decides the operations, and what fails', '1')
    .addOption(shareOfFaults())
    .option(
      '--domains <number>',
      'the number of domains; if there are more than two, the last one is deleted',
      '5',
    )
    .option('--clients <number>', 'the number of clients of all domains', '20')
    .option(
      '--shrink-minutes <number>',
      'the time to look for the operations that matter after a failure',
      '10',
    )
    .addOption(optionalAssembly())
    .addOption(keptState())
    .option(
      '--reverted <name>',
      `revert a fix first, and expect that something is wrong: ${REVERTED_FIXES.join(', ')}, or all`,
    )
    .parse()
    .opts<Flags>();
  if (flags.reverted !== undefined) {
    process.exitCode = soakReverted(flags.reverted, process.argv.slice(2)) ? 0 : 1;
    return;
  }
  const run = await runSoak({
    ...{ seed: Number(flags.seed), faults: Number(flags.faults) },
    ...{ minutes: Number(flags.minutes), operations: Number(flags.operations) },
    ...{ domains: Number(flags.domains), clients: Number(flags.clients) },
    progress: (operations) => console.error(`${operations} operations`),
    ...{ shrinkMinutes: Number(flags.shrinkMinutes), assembly: flags.assembly, directory: flags.state },
  });
  console.log(`Seed ${flags.seed}`);
  print(run, Number(flags.shrinkMinutes) > 0);
  if (run.findings.problems.length > 0) process.exitCode = FOUND;
}

function print(run: SoakRun, wasRepeated: boolean): void {
  const { operations, seconds, faults, kills, observed, findings, shrunk } = run;
  const { problems, ...figures } = findings;
  console.log(
    `${operations.length} operations in ${seconds} s:`,
    countBy(operations, (each) => each.do),
  );
  console.log(`${observed.requests} SCIM requests, ${observed.retries} of them retries:`, observed.statuses);
  console.log(
    `${faults.calls} calls to AWS, ${faults.injected.length} faults:`,
    countBy(faults.injected, ({ kind }) => kind),
  );
  console.log(`${kills} functions were killed besides.`);
  console.log(
    `${run.limitedActivations} licenses became active while seats were limited, and the audit events of ` +
      `${run.countedResponses} responses were counted.`,
  );
  console.log(figures);
  console.log(`${problems.length} problems`);
  for (const problem of problems.slice(0, MAX_PRINTED)) console.log(`- ${problem}`);
  if (shrunk) printShrunk(shrunk);
  else if (problems.length > 0 && wasRepeated)
    console.log('The operations did not fail when they were repeated.');
}

function printShrunk({ elements, attempts, isMinimal, isSequential, problems }: ShrunkRun): void {
  const order = isSequential ? 'one after the other' : 'each actor at the same time as the others';
  const state = isMinimal ? 'None of them can be left out.' : 'The time was over.';
  console.log(`\nAfter ${attempts} attempts, ${elements.length} operations are left, ${order}. ${state}`);
  for (const operation of elements) console.log(JSON.stringify(operation));
  console.log('They lead to:');
  for (const problem of problems.slice(0, MAX_PRINTED)) console.log(`- ${problem}`);
}

void main();
