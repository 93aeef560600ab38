import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { DuplicateName, ItemProblem } from '../../../../portal/src/api/schema';
import type { Cli } from '../../cli';
import type { Column } from '../../columns';
import { addCommand } from '../../command';
import { EXIT, Failure } from '../../failure';
import { wholeNumber } from '../../options/numbers';
import { positionOf, textOf, type VerifyPosition } from './position';
import { problemsLeft } from './problems-left';
import { Progress } from './progress';
import type { Counts, DomainVerification } from './results';
import { stopped, VerificationRun } from './run-verification';

interface VerifyOptions {
  readonly repair?: boolean;
  readonly scan: boolean;
  readonly pace: number;
  readonly continue?: string;
}

/** A wrong count: of a domain, of the members of a group, or of the queue entries of a user. */
interface WrongCount {
  readonly domainId: string;
  readonly what: string;
  readonly stored: number;
  readonly actual: number;
}

const RESULT: readonly Column<DomainVerification>[] = [
  ['Domain ID', ({ domainId }) => domainId],
  ['Checked', ({ checked }) => checked],
  ['Outdated', ({ outdated }) => outdated],
  ['Repaired', ({ repaired }) => repaired],
  ['Used twice', ({ duplicates }) => duplicates.length],
  ['Stale addresses', ({ staleAddresses }) => staleAddresses],
  ['Wrong counts', (result) => wrongCounts(result).length],
  ['Wrong results', ({ counts }) => counts.mappings.length],
  ['Wrong items', ({ items }) => items.problems.length],
];

const WRONG_COUNT: readonly Column<WrongCount>[] = [
  ['Domain ID', ({ domainId }) => domainId],
  ['Count', ({ what }) => what],
  ['Stored', ({ stored }) => stored],
  ['Actual', ({ actual }) => actual],
];

/** A part of a license that is not as the mappings say. */
type WrongResult = Counts['mappings'][number] & { readonly domainId: string };

const WRONG_RESULT: readonly Column<WrongResult>[] = [
  ['Domain ID', ({ domainId }) => domainId],
  ['User ID', ({ userId }) => userId],
  ['Part of the license', ({ attribute }) => attribute],
  ['Stored', ({ stored }) => stored],
  ['As the mappings say', ({ expected }) => expected],
];

const DUPLICATE: readonly Column<DuplicateName>[] = [
  ['Type', ({ resourceType }) => resourceType],
  ['ID', ({ resourceId }) => resourceId],
  ['Name', ({ name }) => name],
  ['Same name as', ({ otherId }) => otherId],
];

/** A problem of an item. */
const ITEM_PROBLEM: readonly Column<ItemProblem>[] = [
  ['Domain ID', ({ domainId }) => domainId],
  ['Problem', ({ problem }) => problem],
  ['State', ({ state }) => state],
  ['Found', ({ found }) => found],
  ['Action', ({ state, action }) => (state === 'repaired' ? '' : action)],
];

/** A tenth of what one partition of the table can read in a second. The rest is for requests. */
const DEFAULT_PACE = 300;

/** Adds `verify`. */
export function addVerifyCommand(program: Command, cli: Cli): void {
  addCommand(program, cli, {
    usage: 'verify [domainId]',
    description:
      'compare the items of one domain, or of all domains, with those that they depend on: names, addresses, memberships, ' +
      'licenses, seats, counts, the queue for seats, emails, audit events of the last day, mappings, connections, ' +
      'subscriptions, and administrators. Nothing is changed without --repair. A change that is made at the same time is ' +
      'not a problem. The command ends with code 1 if problems are left, and with 3 if none are left, but a domain could not be ' +
      'compared because it changed. docs/verification.md explains each problem. ' +
      'Names that an earlier version stored are outdated until a repair, or until the user or group changes. ' +
      'It shows its progress, and how to continue after Ctrl-C or a failure',
    examples: [
      'verify <domainId>',
      'verify <domainId> --repair',
      'verify --repair --json',
      'verify --pace 1000',
    ],
    calls: [
      'POST /domains/{domainId}/verify-names',
      'POST /domains/{domainId}/verify-items',
      'POST /domains/{domainId}/verify-counts',
      'POST /verify-items',
      'GET /domains',
    ],
  })
    .summary('check, and repair, what is stored')
    .option(
      '--repair',
      'repair what can be derived from other items, one problem after the other, each with an audit event; readiness reports ' +
        'names that are used twice',
    )
    .option(
      '--no-scan',
      'read only the partitions of the domain, not the whole table; this costs less in a large deployment, but does not ' +
        'find names and addresses without a user',
    )
    .option('--pace <units>', 'the most read units in a second', wholeNumber(1), DEFAULT_PACE)
    .option('--domain <domainId>', 'the domain, instead of the argument')
    .option(
      '--continue <position>',
      'continue at the position that an earlier run has shown, with its options',
    )
    .action(async (domainId: string | undefined, options: VerifyOptions & { readonly domain?: string }) => {
      const position = positionFrom(domainId ?? options.domain, options);
      const commandOf = (text: string) => cli.commandLine(`verify --pace ${options.pace} --continue ${text}`);
      const run = await runWith(cli, position, options, commandOf);
      print(cli, run.results);
      cli.note(`Checked ${run.checked} items with ${Math.round(run.readUnits)} read units.`);
      if (run.error !== undefined) throw stopped(run.error, run.position, commandOf);
      finish(cli, run.results, position);
    });
}

function positionFrom(
  only: string | undefined,
  { repair = false, scan, ...options }: VerifyOptions,
): VerifyPosition {
  if (options.continue !== undefined) return positionOf(options.continue);
  if (!scan && only === undefined) throw Failure.misused('--no-scan needs a domain.');
  return { ...(only !== undefined && { only }), repair, scan, step: 'names' };
}

type EndedRun = Pick<VerificationRun, 'results' | 'position' | 'checked' | 'readUnits'> & {
  readonly error?: unknown;
};

/** Runs a verification to its end, to an error, or to Ctrl-C. */
async function runWith(
  cli: Cli,
  from: VerifyPosition,
  { pace }: VerifyOptions,
  commandOf: (position: string) => string,
): Promise<EndedRun> {
  let isInterrupted = false;
  const release = cli.terminal.onInterrupt(() => (isInterrupted = true));
  const progress = new Progress(cli.terminal, commandOf);
  const run = new VerificationRun(from, {
    api: await cli.api(),
    pace,
    isInterrupted: () => isInterrupted,
    sleep: (ms) => sleep(ms),
    now: Date.now,
    onProgress: ({ position, checked, readUnits, results }) =>
      progress.show(
        { step: position.step, checked, readUnits, problems: problemsLeft(results) },
        textOf(position),
      ),
  });
  try {
    await run.run();
    return run;
  } catch (error) {
    const { results, position, checked, readUnits } = run;
    return { results, position, checked, readUnits, error };
  } finally {
    progress.end();
    release();
  }
}

function print(cli: Cli, results: readonly DomainVerification[]): void {
  const duplicates = results.flatMap((result) => result.duplicates);
  const wrong = results.flatMap(wrongCounts);
  const wrongResults = results.flatMap(({ domainId: id, counts }) =>
    counts.mappings.map((each): WrongResult => ({ domainId: id, ...each })),
  );
  const problems = results.flatMap(({ items }) => items.problems);
  cli.print(results, () => [
    ...cli.tableLines(results, RESULT),
    ...(duplicates.length > 0 ? ['', ...cli.tableLines(duplicates, DUPLICATE)] : []),
    ...(wrong.length > 0 ? ['', ...cli.tableLines(wrong, WRONG_COUNT)] : []),
    ...(wrongResults.length > 0 ? ['', ...cli.tableLines(wrongResults, WRONG_RESULT)] : []),
    ...(problems.length > 0 ? ['', ...cli.tableLines(problems, ITEM_PROBLEM)] : []),
  ]);
}

/** Notes what to do next. Fails if problems are left, or if not everything could be compared. */
function finish(
  cli: Cli,
  results: readonly DomainVerification[],
  { only = '', repair }: VerifyPosition,
): void {
  if (repair && results.some(({ counts }) => counts.mappings.length > 0))
    cli.note('All users of the domains with wrong results of mappings are evaluated in the background.');
  const changing = results.filter(({ counts }) => !counts.exact).map(({ domainId }) => domainId);
  const left = problemsLeft(results);
  if (changing.length > 0 && left === 0) throw new Failure(changed(changing), EXIT.incomplete);
  if (changing.length > 0) cli.note(changed(changing));
  if (left === 0) return;
  const what = left === 1 ? 'One problem is' : `${left} problems are`;
  throw new Failure(
    repair
      ? `${what} left. Follow the actions, and run the verification again.`
      : `${what} left. Repair what can be repaired with: ${cli.commandLine(`verify ${only} --repair`)}`,
  );
}

const changed = (domainIds: readonly string[]): string =>
  `These domains changed again and again, or their users are being evaluated, so their counts and mappings are not verified: ${domainIds.join(', ')}. ` +
  'Run the command again when nothing is provisioned.';

/** Returns the wrong counts of a domain, of its groups, and of its queue for seats. */
const wrongCounts = ({
  domainId,
  counts: { differences, groups, queue },
}: DomainVerification): WrongCount[] => [
  ...differences.map(({ name, stored, actual }) => ({ domainId, what: name, stored, actual })),
  ...groups.map(({ groupId, stored, actual }) => ({
    ...{ domainId, what: `members of ${groupId}` },
    ...{ stored, actual },
  })),
  ...queue.map(({ userId, problem }) => ({
    ...{ domainId, what: `${problem === 'overdue' ? 'promotions' : 'queue entries'} of ${userId}` },
    ...(problem === 'stale' ? { stored: 1, actual: 0 } : { stored: 0, actual: 1 }),
  })),
];
