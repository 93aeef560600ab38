import type { Command } from 'commander';
import { measureColdStarts } from './measure';

/** Adds the command to the program. */
export function addColdCommand(program: Command): void {
  program
    .command('cold')
    .description(
      'measure the size, the import, and the first response of each bundle beside an empty handler',
    )
    .option('--runs <n>', 'cold starts of each bundle, each in a new process', '20')
    .option('--bundles <list>', 'measure only these, separated by commas', '')
    .action(async ({ runs, bundles }: Record<'runs' | 'bundles', string>) => {
      const wanted = bundles === '' ? [] : bundles.split(',');
      console.log(
        '| function | bundle, kB | import, ms | CPU, ms | first response, ms | CPU, ms | which is |\n' +
          '| --- | ---: | ---: | ---: | ---: | ---: | --- |',
      );
      for (const { name, kilobytes, imported, responded, outcome } of await measureColdStarts(
        Number(runs),
        wanted,
      )) {
        const times = [imported.ms, imported.cpuMs, responded.ms, responded.cpuMs].map((ms) => ms.toFixed(0));
        console.log(`| ${[name, kilobytes, ...times, outcome].join(' | ')} |`);
      }
    });
}
