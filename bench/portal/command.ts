import type { Command } from 'commander';
import { withLocalSystem } from '../local-system';
import { measurePortal, type ViewFigures } from './measure';

/** Adds the command to the program. */
export function addPortalCommand(program: Command): void {
  program
    .command('portal')
    .description('measure in Chromium how long each view of the portal takes in a domain with many users')
    .option('--users <n>', 'users of the domain, and of a group', '100000')
    .option('--runs <n>', 'loads of each view', '5')
    .action(async ({ users, runs }: { users: string; runs: string }) => {
      const size = { users: Number(users), runs: Number(runs) };
      print(
        await withLocalSystem({ ratePlan: 'unmetered', meter: false }, (system) =>
          measurePortal(system, size, (step) => console.error(step)),
        ),
      );
    });
}

function print(figures: readonly ViewFigures[]): void {
  console.log('| view | median, ms | slowest, ms | requests |\n| --- | ---: | ---: | ---: |');
  for (const { name, median, slowest, requests } of figures)
    console.log(`| ${[name, median.toFixed(0), slowest.toFixed(0), requests].join(' | ')} |`);
}
