import { Option, program } from 'commander';
import { isStageName, LOCAL_STAGE, STAGE_NAME_RULE, stageName } from '../shared/stage';
import { DEFAULT_RATE_PLANS, RATE_PLAN_NAMES, type RatePlanName } from '../shared/limits/rate-plan';
import { banner } from './product/banner';
import {
  faultSeed,
  faultShare,
  numberUpTo,
  portNumber,
  timeoutFactor,
  transactionHold,
  wholeNumber,
} from './product/flag-values';
import { localState } from './product/local-state';
import { DEFAULT_LAMBDA_CONCURRENCY, DEFAULT_TRANSACTION_HOLD_MS } from './product/options';
import { ENGINE_KINDS } from './cloud/settings';
import { Teardown } from './host/processes/teardown';
import { StepProgress } from './host/step-progress';
import { UserError } from './host/user-error';
import { intendedCommand } from './product/npm-flags';
import { startAdvice } from './product/start-advice';
import { startSystem } from './product/system';

/**
 * About the time that DynamoDB takes at most, so that nobody relies on an index that is always up to date.
 */
const DEFAULT_INDEX_LAG_MS = 100;

interface Flags {
  readonly port: number;
  readonly portalPort?: number;
  readonly fresh: boolean;
  readonly engine?: string;
  readonly ratePlan: RatePlanName;
  readonly stage: string;
  readonly state?: string;
  readonly assembly?: string;
  readonly formerAssembly?: string;
  readonly synth: boolean;
  readonly meter: boolean;
  readonly measureUsage: boolean;
  readonly timeoutFactor: number;
  readonly indexLag: number;
  readonly partitionLimits: boolean;
  readonly controlPlaneLimits: boolean;
  readonly lambdaConcurrency: number;
  readonly faults?: number;
  readonly seed: number;
  readonly redeliveryFactor: number;
  readonly tableLatency: number;
  readonly sesLatency: number;
  readonly jwksOrigin: readonly string[];
  readonly webhookOrigin: readonly string[];
  readonly sesSandbox: boolean;
  readonly sesIdentity: readonly string[];
  readonly sesRate?: number;
  readonly sesQuota?: number;
  readonly verbose: boolean;
}

program
  .name('npm start --')
  .description('Runs the synthesized stacks on this machine.')
  .addOption(
    new Option('--port <number>', 'port of the SCIM endpoint, 0 for a free one')
      .default(3000)
      .argParser(portNumber('--port')),
  )
  .addOption(
    new Option('--portal-port <number>', 'port of the portal (default: the one after --port)').argParser(
      portNumber('--portal-port'),
    ),
  )
  .option('--fresh', 'start empty', false)
  .addOption(
    new Option('--engine <kind>', 'DynamoDB engine (default: the best that can run here)')
      .choices(ENGINE_KINDS)
      .env('DYNAMODB_ENGINE'),
  )
  .addOption(
    new Option(
      '--rate-plan <plan>',
      `rate plan of the domain; standard allows ${DEFAULT_RATE_PLANS.standard?.perMinute} requests a minute`,
    )
      .choices(RATE_PLAN_NAMES)
      .default('standard'),
  )
  .option('--stage <stage>', 'stage whose settings the stacks have, from settings/<stage>.json', LOCAL_STAGE)
  .option('--state <directory>', 'directory of the data (default: .local, or .local-<stage>)')
  .option('--assembly <directory>', 'directory of the cloud assembly (default: cdk.out, or cdk.out-<stage>)')
  .option('--former-assembly <directory>', 'cloud assembly whose functions get half of the invocations')
  .option('--no-synth', 'use the stacks of the last synth')
  .option('--meter', 'measure the DynamoDB capacity that each request consumes', false)
  .option('--measure-usage', 'measure the CPU time and the memory of the functions, each in a process', false)
  .addOption(
    new Option('--timeout-factor <number>', 'multiply the timeouts of the functions and of API Gateway')
      .default(1)
      .argParser(timeoutFactor),
  )
  .addOption(
    new Option(
      '--transaction-hold <ms>',
      'milliseconds for which a transaction holds its items, or "off" for no conflicts',
    )
      .default(DEFAULT_TRANSACTION_HOLD_MS)
      .argParser(transactionHold),
  )
  .addOption(
    new Option('--index-lag <ms>', 'milliseconds after which a write reaches the indexes of the table')
      .default(DEFAULT_INDEX_LAG_MS)
      .argParser(wholeNumber('--index-lag', 0, 60_000)),
  )
  .option('--no-partition-limits', 'allow more units a second than DynamoDB serves for a partition key')
  .option('--no-control-plane-limits', 'allow more calls than the control plane of API Gateway does')
  .addOption(
    new Option('--lambda-concurrency <number>', 'concurrent invocations that the account allows')
      .default(DEFAULT_LAMBDA_CONCURRENCY)
      .argParser(wholeNumber('--lambda-concurrency', 1, 100_000)),
  )
  .addOption(
    new Option(
      '--faults <share>',
      'inject faults into this share of the calls of functions, from 0 to 1',
    ).argParser(faultShare),
  )
  .addOption(
    new Option('--seed <number>', 'decides which calls --faults affects').default(1).argParser(faultSeed),
  )
  .addOption(
    new Option(
      '--redelivery-factor <number>',
      'multiply the time until a queue delivers a failed message again',
    )
      .default(1)
      .argParser(numberUpTo('--redelivery-factor', 1)),
  )
  .addOption(
    new Option('--table-latency <ms>', 'milliseconds by which DynamoDB delays its responses to functions')
      .default(0)
      .argParser(numberUpTo('--table-latency', 1_000)),
  )
  .addOption(
    new Option('--ses-latency <ms>', 'milliseconds by which SES delays its response to a send')
      .default(0)
      .argParser(numberUpTo('--ses-latency', 10_000)),
  )
  .option(
    '--jwks-origin <origin...>',
    'origins of issuers, such as http://127.0.0.1:4000, besides those of the setting jwksOrigins',
    [],
  )
  .option(
    '--webhook-origin <origin...>',
    'origins of receivers, such as http://127.0.0.1:4001, besides those of the setting webhookOrigins',
    [],
  )
  .option('--ses-sandbox', 'SES delivers to verified recipients only, as in a new account', false)
  .option(
    '--ses-identity <name...>',
    'addresses and domains that SES has verified, besides those of the stacks',
    [],
  )
  .addOption(
    new Option(
      '--ses-rate <number>',
      'recipients a second to which SES sends (default: no limit, 1 in the sandbox)',
    ).argParser(wholeNumber('--ses-rate', 1, 100_000)),
  )
  .addOption(
    new Option(
      '--ses-quota <number>',
      'recipients in 24 hours to which SES sends (default: 50000, 200 in the sandbox)',
    ).argParser(wholeNumber('--ses-quota', 1, 1_000_000_000)),
  )
  .option('--verbose', 'print the logs of the functions', false);

async function main(teardown: Teardown): Promise<void> {
  // Lambda runs in UTC. Worker threads share the time zone of the process.
  process.env.TZ = 'UTC';
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  refuseFlagsOfNpm(process.env);
  const flags = program.parse().opts<Flags>();
  const progress = new StepProgress(process.stderr);
  stopOnSignals(teardown, progress);
  if (!isStageName(flags.stage))
    throw new UserError(`--stage must be ${STAGE_NAME_RULE}, not "${flags.stage}".`);
  const state = stateOf(flags);
  teardown.add('the progress', () => progress.stop());
  const system = await startSystem(
    {
      ...flags,
      state,
      measuresUsage: flags.measureUsage,
      assembly: flags.assembly ?? stageName('cdk.out', flags.stage),
      faults: flags.faults === undefined ? undefined : { share: flags.faults, seed: flags.seed },
      jwksOrigins: flags.jwksOrigin,
      webhookOrigins: flags.webhookOrigin,
      sesIdentities: flags.sesIdentity,
      dynamoDbEndpoint: process.env.DYNAMODB_ENDPOINT,
      // The banner is the first text on stdout: programs that start the system wait for it.
      progress,
    },
    teardown,
  );
  progress.end();
  console.log(banner(system.session, state, localState(LOCAL_STAGE)));
  await system.crashed;
}

/** Throws if npm has taken a flag for itself. */
function refuseFlagsOfNpm(env: NodeJS.ProcessEnv): void {
  if (env.npm_lifecycle_event !== 'start') return;
  const command = intendedCommand(program.options, env, process.argv.slice(2));
  if (command !== undefined)
    throw new UserError(`npm took flags for itself. Write two dashes before them: ${command}`);
}

/** Returns the directory of the data as the user wrote it. */
const stateOf = ({ state, stage }: Flags): string => state ?? localState(stage);

const explained = (error: UserError): string =>
  startAdvice(error, process.argv.slice(2), stateOf(program.opts<Flags>()));

/** The number of signals that asked this process to end. */
let signals = 0;

function stopOnSignals(teardown: Teardown, progress: StepProgress): void {
  const stop = () => {
    signals += 1;
    if (signals > 1) process.exit(1);
    progress.stop();
    if (process.stdout.isTTY) console.log('\nStopping … (press Ctrl-C again to force)');
    void teardown.run().then(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  // A parent process may end without sending a signal.
  process.on('disconnect', stop);
}

const teardown = new Teardown();
main(teardown).catch(async (error: unknown) => {
  // Parts that still start after a signal fail because of it.
  if (signals === 0) console.error(error instanceof UserError ? explained(error) : error);
  await teardown.run();
  process.exit(1);
});
