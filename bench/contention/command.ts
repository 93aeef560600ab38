import type { Command } from 'commander';
import { COUNT_SHARDS } from '../../shared/store/domains/counts';
import { withLocalSystem } from '../local-system';
import { measureDeletion } from './deletion';
import { measureLoad, measureRow } from './measure';
import type { LoadSize, Row } from './row';
import { ROWS } from './rows';
import { simulateCreations } from './simulation';
import { passes, TABLE_HEAD, tableRow } from './table';

/** The length of the load before the first measurement. It starts the functions. */
const WARM_UP_SECONDS = 4;

/**
 * The emails a second that SES accepts. More than a load causes, so that its delivery events follow at its
 * rate.
 */
const SES_RATE = 100;

/** Adds the command to the program. */
export function addContentionCommand(program: Command): void {
  program
    .command('contention')
    .description(
      'measure loads on one domain with transaction conflicts, and the same loads without conflicts',
    )
    .option(
      '--hold <list>',
      'milliseconds for which a transaction holds its items, separated by commas',
      '20,30',
    )
    .option('--seconds <n>', 'duration of each load', '60')
    .option('--rate <n>', 'requests per second', '25')
    .option('--rows <text>', 'measure only the rows whose name contains this text', '')
    .action(async ({ hold, seconds, rate, rows }: Record<'hold' | 'seconds' | 'rate' | 'rows', string>) => {
      const chosen = ROWS.filter(({ name }) => name.includes(rows));
      console.log(TABLE_HEAD);
      let [passed, measured] = [0, 0];
      await withLocalSystem({ ratePlan: 'unmetered', meter: false, sesRate: SES_RATE }, async (system) => {
        const warmUp = { holdMs: 0, refuses: false };
        await measureLoad(system, ROWS[0] as Row, sizeOf(Number(rate), WARM_UP_SECONDS), warmUp);
        for (const holdMs of hold.split(',').map(Number)) {
          for (const row of chosen) {
            const size = sizeOf(Number(rate), Number(seconds));
            const figures = await measureRow(system, row, size, holdMs);
            console.log(tableRow(figures));
            measured++;
            if (passes(figures)) passed++;
          }
        }
      });
      console.log(`\n${passed} of ${measured} rows pass.`);
    });
}

/** Adds the command that shows why the counts have their number of shards. */
export function addSimulationCommand(program: Command): void {
  program
    .command('contention-simulation')
    .description(
      'simulate creations at high rates with the retries of the service, for several numbers of shards',
    )
    .option('--shards <list>', 'numbers of shards, separated by commas', `1,4,8,16,${COUNT_SHARDS},64`)
    .option('--rates <list>', 'creations per second, separated by commas', '25,100,300')
    .option(
      '--hold <list>',
      'milliseconds for which a transaction holds its items, separated by commas',
      '20,30',
    )
    .option('--seconds <n>', 'duration of each load', '60')
    .action(async (options: Record<'shards' | 'rates' | 'hold' | 'seconds', string>) => {
      console.log(
        '| per second | held, ms | shards | tries per commit | p95, ms | slowest, ms | 503 | WCU of counts |\n' +
          '| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
      );
      const [rates, holds, numbers] = [options.rates, options.hold, options.shards].map((list) =>
        list.split(',').map(Number),
      ) as [number[], number[], number[]];
      for (const perSecond of rates)
        for (const holdMs of holds)
          for (const shards of numbers) {
            const load = { perSecond, holdMs, shards, seconds: Number(options.seconds) };
            const { triesPerCommit, p95, slowest, failures, writeUnits } = await simulateCreations(load);
            const figures = [p95, slowest, failures, writeUnits].map((figure) => figure.toFixed(0));
            console.log(
              `| ${[perSecond, holdMs, shards, triesPerCommit.toFixed(2), ...figures].join(' | ')} |`,
            );
          }
    });
}

/** Adds the command that deletes a domain during an import. */
export function addDeletionCommand(program: Command): void {
  program
    .command('deletion')
    .description('measure the deletion of a domain while users are imported into it')
    .option('--rate <n>', 'users that the import creates in a second', '25')
    .option('--seconds <n>', 'duration of the import before the deletion', '10')
    .option(
      '--hold <list>',
      'milliseconds for which a transaction holds its items, separated by commas',
      '20,30',
    )
    .action(async ({ rate, seconds, hold }: Record<'rate' | 'seconds' | 'hold', string>) => {
      console.log(
        '| held, ms | deletion, s | last user created, s | sweep, s | created before | during | afterward | ' +
          'refused afterward | left | 5xx |\n' +
          '| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
      );
      await withLocalSystem({ ratePlan: 'unmetered', meter: false }, async (system) => {
        const warmUp = { holdMs: 0, refuses: false };
        await measureLoad(system, ROWS[0] as Row, sizeOf(Number(rate), WARM_UP_SECONDS), warmUp);
        for (const holdMs of hold.split(',').map(Number)) {
          const size = { perSecond: Number(rate), seconds: Number(seconds), holdMs };
          const figures = await measureDeletion(system, size);
          const { createdBefore, createdDuring, createdAfterward, refusedAfterward } = figures;
          const times = [figures.endedMs, figures.lastCreatedMs, figures.sweptMs];
          const cells = [
            ...[holdMs, ...times.map((ms) => (ms / 1_000).toFixed(1))],
            ...[createdBefore, createdDuring, createdAfterward, refusedAfterward],
            ...[figures.left, figures.serverErrors],
          ];
          console.log(`| ${cells.join(' | ')} |`);
        }
      });
    });
}

/** Returns the size of a load. */
export const sizeOf = (perSecond: number, seconds: number): LoadSize => ({
  perSecond,
  seconds,
  requests: Math.round(perSecond * seconds),
});
