import type { Command } from 'commander';
import { withLocalSystem } from '../local-system';
import type { FunctionReport } from '../functions';
import { measureScale, type PhaseFigures } from './measure';

type Flags = Record<'users' | 'domains' | 'perDomain' | 'share' | 'connections', string>;

/** Adds the command to the program. */
export function addScaleCommand(program: Command): void {
  program
    .command('scale')
    .description(
      'measure a cycle of Entra ID and an import of Okta, in one large domain and in many small ones',
    )
    .option('--users <n>', 'users of the large domain, who are all in one group', '100000')
    .option('--domains <n>', 'small domains', '1000')
    .option('--per-domain <n>', 'users of each small domain', '100')
    .option('--share <n>', 'share of the users that a cycle of Entra ID looks up, from 0 to 1', '1')
    .option('--connections <n>', 'requests at the same time', '4')
    .action(async ({ users, domains, perDomain, share, connections }: Flags) => {
      const size = {
        ...{ users: Number(users), domains: Number(domains), perDomain: Number(perDomain) },
        ...{ share: Number(share), connections: Number(connections) },
      };
      const options = {
        ratePlan: 'unmetered',
        meter: true,
        measuresUsage: true,
        controlPlaneLimits: false,
      } as const;
      await withLocalSystem(options, async (system) => {
        const { phases, functions } = await measureScale(system, size, (step) => console.error(step));
        printPhases(phases);
        printFunctions(functions);
      });
    });
}

function printPhases(phases: readonly PhaseFigures[]): void {
  console.log(
    '| phase | requests | seconds | slowest, ms | RCU | WCU | RCU of a request |\n' +
      '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
  );
  for (const { name, requests, seconds, slowestMs, read, write } of phases) {
    const cells = [
      requests,
      seconds.toFixed(0),
      slowestMs.toFixed(0),
      read,
      write,
      (read / requests).toFixed(2),
    ];
    console.log(`| ${[name, ...cells].join(' | ')} |`);
  }
}

function printFunctions(functions: readonly FunctionReport[]): void {
  console.log(
    '\n| function | invocations | CPU of one, ms | peak memory, MB |\n| --- | ---: | ---: | ---: |',
  );
  for (const { name, invocations, cpuMs, peakMemoryMb } of functions)
    console.log(
      `| ${[name, invocations, (cpuMs / invocations).toFixed(1), peakMemoryMb.toFixed(0)].join(' | ')} |`,
    );
}
