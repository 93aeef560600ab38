import type { Command } from 'commander';
import { withLocalSystem } from '../local-system';
import { median } from '../median';
import { measureWebhooks } from './measure';
import { startReceiver } from './receiver';

type Flags = Record<'users' | 'rate' | 'samples' | 'hanging', string>;

/** Adds the command to the program. */
export function addWebhooksCommand(program: Command): void {
  program
    .command('webhooks')
    .description(
      'measure the time from `active: false` to the verified webhook, beside an import and hanging endpoints',
    )
    .option('--users <n>', 'users that another domain imports', '5000')
    .option('--rate <n>', 'users that the import creates in a second', '50')
    .option('--samples <n>', 'deactivations in the quiet system', '10')
    .option('--hanging <n>', 'other domains whose endpoints hang', '3')
    .action(async ({ users, rate, samples, hanging }: Flags) => {
      const receiver = await startReceiver();
      try {
        const options = { ratePlan: 'unmetered', meter: false, webhookOrigins: [receiver.origin] } as const;
        await withLocalSystem(options, async (system) => {
          const figures = await measureWebhooks(system, receiver, {
            ...{ users: Number(users), perSecond: Number(rate) },
            ...{ samples: Number(samples), hanging: Number(hanging) },
          });
          console.log('| | samples | median, ms | longest, ms |\n| --- | ---: | ---: | ---: |');
          for (const [name, values] of Object.entries(figures)) console.log(tableRow(name, values));
        });
      } finally {
        await receiver.close();
      }
    });
}

function tableRow(name: string, values: readonly number[]): string {
  const cells = [name, values.length, median(values).toFixed(0), Math.max(0, ...values).toFixed(0)];
  return `| ${cells.join(' | ')} |`;
}
