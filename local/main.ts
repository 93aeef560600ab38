import { Option, program } from 'commander';
import { DEFAULT_RATE_PLANS, RATE_PLAN_NAMES, type RatePlanName } from '../shared/rate-plan';
import { banner } from './product/banner';
import { DEFAULT_TRANSACTION_HOLD_MS } from './product/options';
import { ENGINE_KINDS } from './cloud/settings';
import { Teardown } from './host/teardown';
import { UserError } from './host/user-error';
import { startSystem } from './product/system';

const DEFAULT_STATE = '.local';

interface Flags {
  readonly port: number;
  readonly portalPort?: number;
  readonly fresh: boolean;
  readonly engine?: string;
  readonly ratePlan: RatePlanName;
  readonly state: string;
  readonly assembly: string;
  readonly synth: boolean;
  readonly meter: boolean;
  readonly timeoutFactor: number;
  readonly redeliveryFactor: number;
  readonly tableLatency: number;
  readonly sesLatency: number;
  readonly sesRate?: number;
  readonly sesSandbox: boolean;
  readonly sesIdentity: readonly string[];
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
  .option('--state <directory>', 'directory of the data', DEFAULT_STATE)
  .option('--assembly <directory>', 'directory of the cloud assembly', 'cdk.out')
  .option('--no-synth', 'use the stacks of the last synth')
  .option('--meter', 'measure the DynamoDB capacity that each request consumes', false)
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
  .addOption(
    new Option('--ses-rate <number>', 'emails that SES accepts in a second (default: no limit)').argParser(
      numberUpTo('--ses-rate', 10_000),
    ),
  )
  .option('--ses-sandbox', 'SES delivers to verified recipients only, as in a new account', false)
  .option(
    '--ses-identity <name...>',
    'addresses and domains that SES has verified, besides those of the stacks',
    [],
  )
  .option('--verbose', 'print the logs of the functions', false);

function transactionHold(text: string): number | 'off' {
  if (text === 'off') return text;
  const milliseconds = Number(text);
  if (text.trim() !== '' && Number.isInteger(milliseconds) && milliseconds >= 0 && milliseconds <= 1_000)
    return milliseconds;
  throw new UserError(`--transaction-hold must be a whole number from 0 to 1000, or off, not "${text}".`);
}

function portNumber(flag: string): (text: string) => number {
  return (text) => {
    const port = Number(text);
    if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
    throw new UserError(`${flag} must be a number from 0 to 65535, not "${text}".`);
  };
}

function numberUpTo(flag: string, largest: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (text.trim() !== '' && number >= 0 && number <= largest) return number;
    throw new UserError(`${flag} must be a number from 0 to ${largest}, not "${text}".`);
  };
}

function timeoutFactor(text: string): number {
  const factor = Number(text);
  if (Number.isFinite(factor) && factor >= 1) return factor;
  throw new UserError(`--timeout-factor must be a number of at least 1, not "${text}".`);
}

async function main(teardown: Teardown): Promise<void> {
  // Lambda runs in UTC. Worker threads share the time zone of the process.
  process.env.TZ = 'UTC';
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const flags = program.parse().opts<Flags>();
  stopOnSignals(teardown);
  const progress = process.stdout.isTTY ? (step: string) => console.log(`${step} …`) : undefined;
  const system = await startSystem(
    {
      ...flags,
      sesIdentities: flags.sesIdentity,
      dynamoDbEndpoint: process.env.DYNAMODB_ENDPOINT,
      progress,
    },
    teardown,
  );
  console.log(banner(system.session, flags.state, DEFAULT_STATE));
  await system.crashed;
}

function stopOnSignals(teardown: Teardown): void {
  let signals = 0;
  const stop = () => {
    signals += 1;
    if (signals > 1) process.exit(1);
    if (process.stdout.isTTY) console.log('\nStopping … (press Ctrl-C again to force)');
    void teardown.run().then(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  // A parent process may end without sending a signal.
  process.on('disconnect', stop);
}

const teardown = new Teardown();
main(teardown).catch(async (error: unknown) => {
  console.error(error instanceof UserError ? error.message : error);
  await teardown.run();
  process.exit(1);
});
