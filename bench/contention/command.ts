import type { Command } from 'commander';
import { withLocalSystem } from '../local-system';
import { measureLoad, measureRow, type RowFigures } from './measure';
import type { LoadSize, Row } from './row';
import { ROWS } from './rows';

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
