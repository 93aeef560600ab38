import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { program } from 'commander';
import { loadAssembly } from '../local/cloud/template/assembly';
import { startSystem } from '../local/product/system';
import { type Alarms, alarmsFromTemplate } from '../local/services/cloudwatch/alarms/from-template';
import { resolveResources } from '../local/services/services';
import { FAULTS } from './rehearsal/faults';
import { answer, listAlarms, listMetric, runCli, runQuery } from './rehearsal/look';
import { rehearse } from './rehearsal/rehearse';
import { type Running, RUNNING_FILE, STATE } from './rehearsal/running';

/**
 * The time for the system to stop, in milliseconds. Then, the process ends with everything that it started.
 */
const STOP_MS = 10_000;

program
  .name('npm run rehearsal --')
  .description(
    'Rehearses the runbook: starts the local system with a fault, and prints the alarm that it sets off.\n' +
      'Find the cause with docs/runbook.md, in a second terminal.',
  )
  .usage('[number] | <command>')
  .argument('[number]', `which fault to inject, from 1 to ${FAULTS.length}`)
  .option('--list', 'print the numbers of the faults')
  .option('--seconds <n>', 'seconds of a minute of the simulated clock; more for a slow machine', '1')
  .action(async (number: string | undefined, { list, seconds }: { list?: boolean; seconds: string }) => {
    if (list) return console.log(FAULTS.map((_, index) => index + 1).join('\n'));
    const at = Number(number);
    if (!FAULTS[at - 1]) program.error(`Choose a fault from 1 to ${FAULTS.length}.`);
    if (!(Number(seconds) > 0)) program.error('Choose a number of seconds above 0.');
    await start(at, Number(seconds));
  });

program
  .command('alarms')
  .description('list the alarms that are on, as the CloudWatch console does')
  .action(async () => listAlarms(running(), alarms()));
program
  .command('query')
  .description('run a saved query of Logs Insights: query ApiFailing/requests')
  .argument('<name>')
  .argument('[words...]', 'words of the query to replace, such as REQUEST-ID=…')
  .action((name: string, words: string[]) => runQuery(running(), name, words));
program
  .command('metric')
  .description(
    'list the values of a metric in the last 15 minutes that have data: metric Throttles license-check',
  )
  .argument('<name>')
  .argument('[dimension]', 'a part of the name of the function, queue, or table')
  .action((name: string, dimension?: string) => listMetric(running(), name, dimension));
program
  .command('scim')
  .description('run the CLI on the local system: scim domain show <domainId>')
  .argument('[words...]', 'the command of the CLI')
  .allowUnknownOption()
  .action((words: string[]) => runCli(running(), words));
program
  .command('answer')
  .description('print the fault that was injected, after you have found it')
  .action(() => answer(running()));

/** Starts the system with a fault. Ends with the process. */
async function start(number: number, secondsPerMinute: number): Promise<void> {
  mkdirSync(STATE, { recursive: true });
  const system = await startSystem({
    port: 0,
    fresh: true,
    ratePlan: 'unmetered',
    state: path.join(STATE, 'state'),
    assembly: path.join(STATE, 'cdk.out'),
    synth: true,
    meter: false,
    verbose: false,
    progress: { step: (name) => console.log(name), detail: () => {} },
  });
  const stop = async () => {
    rmSync(RUNNING_FILE, { force: true });
    // On a busy machine, requests that wait for responses can delay the end for minutes.
    await Promise.race([system.stop(), sleep(STOP_MS)]);
    process.exit();
  };
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
  const run: Running = { number, startedAt: Date.now(), secondsPerMinute, session: system.session };
  writeFileSync(RUNNING_FILE, JSON.stringify(run));
  await rehearse(run, alarms());
}

const alarms = (): Alarms => alarmsFromTemplate(resolveResources(loadAssembly(path.join(STATE, 'cdk.out'))));

function running(): Running {
  try {
    return JSON.parse(readFileSync(RUNNING_FILE, 'utf8')) as Running;
  } catch {
    return program.error('No rehearsal is running. Start one: npm run rehearsal -- 1');
  }
}

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
