import { program } from 'commander';
import { logProblems } from './support/fuzz/log-problems';
import { runFuzz } from './support/fuzz/run-fuzz';
import { startHookHost } from './support/jest/hook-host';
import { requiredAssembly } from './support/rehearsals/options';
import { reportProblems } from './support/rehearsals/report-problems';
import { startOwnSystem } from './support/system/own-system';

interface Flags {
  readonly seed: string;
  readonly requests: string;
  readonly assembly: string;
}

/** Sends random requests to a system of its own, and prints what is wrong. */
async function main(): Promise<void> {
  const flags = program
    .name('npm run fuzz --')
    .description('Sends random requests to all APIs, and checks what they do.')
    .option('--seed <number>', 'decides the requests', '1')
    .option('--requests <number>', 'the number of requests', '5000')
    .addOption(requiredAssembly())
    .parse()
    .opts<Flags>();
  const requests = Number(flags.requests);
  const system = await startOwnSystem({
    assembly: flags.assembly,
    flags: [
      ...['--fresh', '--rate-plan', 'unmetered', '--measure-usage'],
      ...['--webhook-origin', await startHookHost()],
    ],
  });
  try {
    const startedAt = Date.now();
    const progress = (done: number) => {
      if (done % 500 === 0) console.error(`${done} of ${requests} requests`);
    };
    const {
      world,
      statuses,
      cpuMs,
      problems: ofRequests,
    } = await runFuzz({ seed: Number(flags.seed), requests, progress });
    const problems = [...ofRequests, ...logProblems(system.state, world)];
    console.log(
      `seed ${flags.seed}, ${requests} requests in ${Math.round((Date.now() - startedAt) / 1_000)} s`,
    );
    for (const [about, count] of Object.entries(statuses).sort())
      console.log(`${String(count).padStart(6)} ${about}`);
    for (const [name, largest] of Object.entries(cpuMs).sort(([, one], [, other]) => other - one))
      if (largest > 0) console.log(`${largest.toFixed(0).padStart(6)} ms of CPU time at most: ${name}`);
    reportProblems(problems);
  } finally {
    await system.stop();
  }
}

void main();
