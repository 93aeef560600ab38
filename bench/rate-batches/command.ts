import type { Command } from 'commander';
import { DEFAULT_RATE_PLANS } from '../../shared/limits/rate-plan';
import { SimulatedTime } from '../contention/simulated-time';
import { BATCH_RULES, simulateBatches } from './simulate';

/** Adds the command to the program. */
export function addRateBatchesCommand(program: Command): void {
  program
    .command('rate-batches')
    .description('simulate functions that count the requests of a rate plan in batches')
    .option('--rates <list>', 'requests a second, separated by commas', '5,15,25,40')
    .option('--windows <n>', 'windows of ten seconds', '360')
    .option('--milliseconds <n>', 'mean time of a request', '100')
    .action(({ rates, windows, milliseconds }: Record<'rates' | 'windows' | 'milliseconds', string>) => {
      const { perTenSeconds } = DEFAULT_RATE_PLANS.gallery ?? { perTenSeconds: Infinity };
      console.log(
        '| requests a second | requests in a write | writes for a request | served in ten seconds | refused below the limit |\n' +
          '| ---: | --- | ---: | ---: | ---: |',
      );
      for (const perSecond of rates.split(',').map(Number))
        for (const rule of BATCH_RULES) {
          const load = {
            perSecond,
            perTenSeconds,
            windows: Number(windows),
            milliseconds: Number(milliseconds),
          };
          const { random } = new SimulatedTime();
          const { requests, served, writes, refusedEarly } = simulateBatches(rule, load, random);
          const cells = [
            ...[perSecond, rule.name, (writes / requests).toFixed(2), (served / load.windows).toFixed(0)],
            `${((100 * refusedEarly) / requests).toFixed(1)}%`,
          ];
          console.log(`| ${cells.join(' | ')} |`);
        }
    });
}
