import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { program } from 'commander';
import { commitOf, synthesizeCommit, synthesizeCurrent } from '../bench/synthesize-commit';
import { refusalsOf } from './support/deployment/refusals';
import { stackTemplates } from './support/deployment/stack-template';
import { reportProblems } from './support/rehearsals/report-problems';
import { loadConversations } from './support/replay/conversation';
import { fastDirectory } from './support/system/own-system';
import { lastReleaseTag } from './support/versions/former-assembly';
import { logLinesOf } from './support/versions/explain';
import { type Phase, type PhaseResult, runPhase } from './support/versions/phase';

interface Flags {
  readonly assembly?: string;
  readonly phase?: string;
  readonly quick: boolean;
}

/** The conversations of identity providers, which are all that a quick run replays. */
const PROVIDERS: readonly string[] = loadConversations('idp').map(({ name }) => name);

/**
 * Runs a phase in a process of its own, because the clients of the SDK keep the addresses of their first
 * system.
 */
function runApart(directory: string, phase: Phase): PhaseResult {
  const file = path.join(directory, 'phase.json');
  writeFileSync(file, JSON.stringify(phase));
  execFileSync(process.execPath, ['--import', 'tsx', __filename, '--phase', file], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return JSON.parse(readFileSync(`${file}.result`, 'utf8')) as PhaseResult;
}

/**
 * Runs the functions of two versions on one table: one after the other, at the same time, and after a
 * rollback.
 */
function compare(former: string, assembly: string, directory: string, quick: boolean): readonly string[] {
  const state = path.join(directory, 'state');
  const problems: string[] = [];
  const run = (name: string, more: Omit<Phase, 'name' | 'state'>): PhaseResult => {
    const startedAt = Date.now();
    const result = runApart(directory, { name, state, ...more });
    const failed = Object.entries(result.conversations).filter(([, problem]) => problem !== null);
    const counts = Object.entries(result.invocations)
      .map(([version, count]) => `${version} ${count}`)
      .join(', ');
    const seconds = ((Date.now() - startedAt) / 1_000).toFixed(1);
    const passed = Object.keys(result.conversations).length - failed.length;
    console.log(
      `${name}: ${passed} conversations passed, ${failed.length} failed, invocations: ${counts}; ${seconds} s`,
    );
    problems.push(...result.problems.map((problem) => `${name}: ${problem}`));
    return result;
  };
  const all = quick ? PROVIDERS : undefined;
  const before = run('the former functions on a new table', { assembly: former, conversations: all });
  const after = run('the new functions on that table', { assembly, conversations: all, kept: before.kept });
  const passes = (name: string) => before.conversations[name] === null && after.conversations[name] === null;
  const names = Object.keys(before.conversations);
  const changed = names.filter((name) => !passes(name));
  if (changed.length > 0)
    console.log(`  Left out, because the two versions answer them differently: ${changed.join('; ')}`);
  const conversations = names.filter(passes);
  const both = run('both at the same time', {
    assembly,
    formerAssembly: former,
    conversations,
    kept: after.kept,
  });
  const rolledBack = run('the former functions after a rollback', {
    assembly: former,
    conversations,
    kept: both.kept,
  });
  for (const [name, { conversations: results }] of Object.entries({ both, rolledBack }))
    for (const [conversation, problem] of Object.entries(results))
      if (problem !== null)
        problems.push([`${name}: ${conversation}: ${problem}`, ...logLinesOf(problem, state)].join('\n'));
  return problems;
}

/**
 * Returns what AWS refuses while the stacks of this version replace those of the former one, and in a
 * rollback.
 */
function deploymentProblems(former: string, assembly: string): string[] {
  const [before, after] = [former, assembly].map((each) => stackTemplates(new CloudAssembly(each).stacks));
  if (!before || !after) return [];
  const forward = refusalsOf(before, after).map((problem) => `the deployment: ${problem}`);
  const back = refusalsOf(after, before).map((problem) => `the rollback: ${problem}`);
  console.log(`The order of the deployment: ${forward.length + back.length} refusals.`);
  return [...forward, ...back];
}

async function main(): Promise<void> {
  program
    .name('npm run test:versions --')
    .description('Runs the functions of a former version and those of this one on one table.')
    .argument('[ref]', 'a tag, a branch, or a commit (default: the last release tag)')
    .option('--assembly <directory>', 'cloud assembly of this version (default: synthesizes a new one)')
    .option('--quick', 'replay the conversations of identity providers only', false)
    .option('--phase <file>', 'run one phase, for this program itself')
    .parse();
  const flags = program.opts<Flags>();
  if (flags.phase !== undefined) {
    const result = await runPhase(JSON.parse(readFileSync(flags.phase, 'utf8')) as Phase);
    writeFileSync(`${flags.phase}.result`, JSON.stringify(result));
    return;
  }
  const ref = program.args[0] ?? lastReleaseTag();
  if (ref === undefined) {
    console.log('This clone has no release tag before this commit, so there is no former version to run.');
    return;
  }
  const commit = commitOf(ref);
  const directory = fastDirectory('scim-versions-');
  try {
    console.log(`The former version is ${ref} (${commit.slice(0, 10)}).`);
    const former = path.join(directory, 'former');
    synthesizeCommit(commit, path.join(directory, 'worktree'), former);
    const assembly = flags.assembly ?? path.join(directory, 'current');
    if (flags.assembly === undefined) synthesizeCurrent(assembly);
    const problems = [
      ...deploymentProblems(former, path.resolve(assembly)),
      ...compare(former, path.resolve(assembly), directory, flags.quick),
    ];
    reportProblems(problems);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
