import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Argument, type Command, Option } from 'commander';
import { PROVIDERS } from '../../../../shared/simulator/providers/providers';
import { sender } from '../../../../shared/simulator/send';
import { simulate, type StepResult } from '../../../../shared/simulator/simulate';
import { PROVIDER_IDS, type ProviderId } from '../../../../shared/simulator/provider-id';
import type { Cli } from '../../cli';
import { addCommand } from '../../command';
import { reasonOf } from '../../connection/admin-client';
import { EXIT, Failure } from '../../failure';
import { wholeNumber } from '../../options/numbers';
import { openTarget, type SimulationTarget } from './target';

interface SimulateOptions {
  readonly users: number;
  readonly domain?: string;
  readonly baseUrl?: string;
  readonly token?: string;
}

const DEFAULT_USERS = 3;
/** With the standard rate plan, the requests for 200 users take about half an hour. */
const MAX_USERS = 200;

const LABELS: Readonly<Record<StepResult['status'], string>> = {
  passed: 'ok',
  failed: 'FAILED',
  skipped: 'skipped',
};

/** Adds `simulate`. */
export function addSimulateCommand(program: Command, cli: Cli): void {
  addCommand(program, cli, {
    usage: 'simulate',
    description:
      'send the requests of an identity provider: test connection, match, create, update, group push, deactivate, cleanup. ' +
      'The test users get no license and no email, and are deleted at the end',
    examples: [
      'simulate okta --local',
      'simulate entra --domain <domainId> --users 10',
      'simulate keycloak --base-url https://scim.example.com/v2 --token <token>',
    ],
  })
    .summary('send the requests of an identity provider, and explain each failed step')
    .addArgument(new Argument('<provider>', 'identity provider').choices(PROVIDER_IDS))
    .option('--users <number>', `test users, at most ${MAX_USERS}`, wholeNumber(1), DEFAULT_USERS)
    .option(
      '--domain <domainId>',
      'domain of the deployment (default with --local: the domain of the system)',
    )
    .option('--base-url <url>', 'SCIM base URL of another service')
    .addOption(
      new Option(
        '--token <token>',
        'bearer token for --base-url; prefer the variable SCIM_KEY, because other users of this machine can see command lines',
      ),
    )
    .action(async (providerId: ProviderId, options: SimulateOptions) => {
      if (options.users > MAX_USERS) throw Failure.misused(`Simulate at most ${MAX_USERS} users.`);
      const target = await openTarget(cli, options);
      const interrupted = new AbortController();
      const release = cli.terminal.onInterrupt(() => {
        cli.note('Cleaning up. Press Ctrl-C again to exit immediately.');
        interrupted.abort();
      });
      let results: StepResult[];
      try {
        results = await runSimulation(cli, providerId, options.users, target, interrupted.signal);
      } finally {
        release();
        cli.terminal.status?.('');
        await target.close();
      }
      if (cli.options.json) cli.print(results, () => []);
      conclude(cli, results, interrupted.signal);
    });
}

async function runSimulation(
  cli: Cli,
  providerId: ProviderId,
  users: number,
  { baseUrl, token }: SimulationTarget,
  signal: AbortSignal,
): Promise<StepResult[]> {
  const provider = PROVIDERS[providerId];
  cli.note(`Simulating ${provider.name} with ${users} ${users === 1 ? 'user' : 'users'} on ${baseUrl}`);
  const results: StepResult[] = [];
  const steps = simulate({
    ...{ provider, users, signal },
    send: async (request) => sender({ baseUrl, token: await token(), sleep, reasonOf })(request),
    uuid: randomUUID(),
    now: () => performance.now(),
    onProgress: ({ title, steps: done, allSteps }) =>
      cli.options.json || cli.terminal.status?.(`${done + 1} of ${allSteps}: ${title} ...`),
  });
  for await (const result of steps) {
    results.push(result);
    if (cli.options.json) continue;
    cli.terminal.status?.('');
    cli.print(result, () => linesOf(result));
  }
  return results;
}

const INDENT = ' '.repeat(9);

function linesOf({ status, phase, title, requests, milliseconds, problem, remedy }: StepResult): string[] {
  const count = requests === 1 ? '1 request' : `${requests} requests`;
  return [
    `${LABELS[status].padEnd(7)}  ${phase.padEnd(15)}  ${title} (${count}, ${milliseconds} ms)`,
    ...[problem, remedy].flatMap((line) => (line === undefined ? [] : [INDENT + line])),
  ];
}

function conclude(cli: Cli, results: readonly StepResult[], signal: AbortSignal): void {
  if (signal.aborted) throw new Failure('Interrupted.', EXIT.interrupted);
  const count = (status: StepResult['status']) => results.filter((each) => each.status === status).length;
  const summary = `${count('passed')} steps passed, ${count('failed')} failed, ${count('skipped')} skipped.`;
  if (count('failed') > 0) throw new Failure(summary);
  cli.note('', summary);
}
