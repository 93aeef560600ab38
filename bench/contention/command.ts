import type { Command } from 'commander';
import { COUNT_SHARDS } from '../../shared/store/domains/counts';
import { withLocalSystem } from '../local-system';
import { measureLoad, measureRow, type RowFigures } from './measure';
import type { LoadSize, Row } from './row';
import { ROWS } from './rows';
import { simulateCreations } from './simulation';

/** The length of the load before the first measurement. It starts the functions. */
const WARM_UP_SECONDS = 4;

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
      console.log(
        '| load | held, ms | tries per commit | target | p50, ms | p95, ms | p95 without conflicts, ms | 5xx |\n' +
          '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
      );
      await withLocalSystem({ ratePlan: 'unmetered', meter: false }, async (system) => {
        const warmUp = { holdMs: 0, refuses: false };
        await measureLoad(system, ROWS[0] as Row, sizeOf(Number(rate), WARM_UP_SECONDS), warmUp);
        for (const holdMs of hold.split(',').map(Number)) {
          for (const row of chosen) {
            const size = sizeOf(Number(rate), Number(seconds));
            console.log(tableRow(await measureRow(system, row, size, holdMs)));
          }
        }
      });
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

/** Returns the size of a load. */
export const sizeOf = (perSecond: number, seconds: number): LoadSize => ({
  perSecond,
  seconds,
  requests: Math.round(perSecond * seconds),
});

function tableRow({ row, holdMs, withConflicts, withoutConflicts }: RowFigures): string {
  const { triesPerCommit, p50, p95, serverErrors } = withConflicts;
  const tries = [triesPerCommit.toFixed(2), row.maxTries];
  const milliseconds = [p50, p95, withoutConflicts.p95].map((ms) => ms.toFixed(0));
  const cells = [row.name, holdMs, ...tries, ...milliseconds, serverErrors + withoutConflicts.serverErrors];
  return `| ${cells.join(' | ')} |`;
}
