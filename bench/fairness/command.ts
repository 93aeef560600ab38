import type { Command } from 'commander';
import { withLocalSystem } from '../local-system';
import { measureFairness, type FairnessFigures, type Samples } from './measure';
import { median } from '../median';

type Flags = Record<'users' | 'rate' | 'tableLatency' | 'sesLatency' | 'sesRate', string>;

/** Adds the command to the program. */
export function addFairnessCommand(program: Command): void {
  program
    .command('fairness')
    .description('measure the emails and seats of other domains while one domain imports users')
    .option('--users <n>', 'users of the import', '5000')
    .option('--rate <n>', 'users that the import creates in a second', '50')
    .option('--table-latency <ms>', 'milliseconds of a call of the table', '10')
    .option('--ses-latency <ms>', 'milliseconds of a send', '100')
    .option('--ses-rate <n>', 'emails that SES accepts in a second', '14')
    .action(async ({ users, rate, tableLatency, sesLatency, sesRate }: Flags) => {
      const latency = {
        tableLatency: Number(tableLatency),
        sesLatency: Number(sesLatency),
        sesRate: Number(sesRate),
      };
      await withLocalSystem({ ratePlan: 'unmetered', meter: false, ...latency }, async (system) =>
        print(await measureFairness(system, { users: Number(users), perSecond: Number(rate) })),
      );
    });
}

function print({ samples, sent, addresses, rate, accountRate }: FairnessFigures): void {
  console.log(
    '| | quiet, ms (median) | during the import, ms (median) | (longest) | samples |\n' +
      '| --- | ---: | ---: | ---: | ---: |',
  );
  for (const each of samples) console.log(tableRow(each));
  console.log(
    `\nThe import: ${sent} emails to ${addresses} addresses, ${rate.toFixed(1)} emails a second from the first to the last. ` +
      `With the emails of the other domains, ${accountRate.toFixed(1)} a second.`,
  );
}

function tableRow({ name, quiet, during }: Samples): string {
  const cells = [median(quiet), median(during), Math.max(...during)].map((ms) => ms.toFixed(0));
  return `| ${[name, ...cells, during.length].join(' | ')} |`;
}
