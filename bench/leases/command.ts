import type { Command } from 'commander';
import { withLocalSystem } from '../local-system';
import { median } from '../median';
import { measureEndOfLeases } from './measure';

/** Adds the command to the program. */
export function addLeasesCommand(program: Command): void {
  program
    .command('leases')
    .description('measure how soon a product with events stops when a user leaves')
    .option('--users <n>', 'users who leave, one after the other', '20')
    .option('--poll <seconds>', 'seconds between two requests of the product for events', '0.5')
    .action(async ({ users, poll }: Record<'users' | 'poll', string>) => {
      await withLocalSystem({ ratePlan: 'unmetered', meter: false }, async ({ session }) => {
        const milliseconds = await measureEndOfLeases(session, {
          users: Number(users),
          pollSeconds: Number(poll),
        });
        console.log(
          `${milliseconds.length} users: from the request of the identity provider until the product stops, ` +
            `${median(milliseconds).toFixed(0)} ms (median), ${Math.max(...milliseconds).toFixed(0)} ms (longest).`,
        );
      });
    });
}
