import type { Command } from 'commander';
import { loadAssembly } from '../../local/cloud/template/assembly';
import { alarmsFromTemplate } from '../../local/services/cloudwatch/alarms/from-template';
import { resolveResources } from '../../local/services/services';
import { withLocalSystem } from '../local-system';
import { type ImportFigures, runImport } from './measure';

type Flags = Record<'users' | 'clients' | 'sesRate', string>;

/** Adds the command to the program. */
export function addImportCommand(program: Command): void {
  program
    .command('import')
    .description('import users as an identity provider does, and show which alarms go off')
    .option('--users <n>', 'users of the import', '5000')
    .option('--clients <n>', 'requests that the identity provider sends at the same time', '4')
    .option('--ses-rate <n>', 'emails that SES accepts in a second', '14')
    .action(async ({ users, clients, sesRate }: Flags) => {
      await withLocalSystem(
        { ratePlan: 'gallery', meter: false, sesRate: Number(sesRate) },
        async ({ session }, assembly) => {
          const alarms = alarmsFromTemplate(resolveResources(loadAssembly(assembly)));
          print(await runImport(session, alarms, { users: Number(users), clients: Number(clients) }));
        },
      );
    });
}

function print(figures: ImportFigures): void {
  const { users, requests, throttled, failed, seconds, untilLastEmail, highest, alarms } = figures;
  const minutes = (value: number) => `${(value / 60).toFixed(1)} minutes`;
  console.log(
    [
      `${users} users in ${minutes(seconds)}, ${(users / seconds).toFixed(1)} a second.`,
      `${requests} requests: ${throttled} got a 429, ${failed} a 5xx.`,
      `The last email was sent after ${minutes(untilLastEmail)}.`,
      `Highest values: ${Object.entries(highest)
        .map(([name, value]) => `${name} ${value}`)
        .join(', ')}.`,
      `Alarms: ${alarms.length === 0 ? 'none' : alarms.join(', ')}.`,
    ].join('\n'),
  );
}
