import type { Command } from 'commander';
import { openSuppressedAddresses } from '../shared/service/suppressed-addresses';
import type { Cli } from './cli';

const PAGE = 100;

/** Adds those of `mail …` that are about addresses which bounced. */
export function addAddressCommands(mail: Command, cli: Cli): void {
  mail
    .command('suppressed <domainId>')
    .description('list the addresses to which no mail goes, since one bounced or was complained of')
    .action((domainId: string) =>
      cli.run(async (deployment) => {
        const admin = openSuppressedAddresses(deployment);
        const rows: object[] = [];
        let next: string | undefined;
        do {
          const page = await admin.list(domainId, PAGE, next);
          rows.push(...page.addresses);
          ({ next } = page);
        } while (next !== undefined);
        cli.printTable(rows, ['address', 'reason', 'at', 'userId', 'detail']);
      }),
    );

  mail
    .command('clear <domainId> <address>')
    .description('let mails go to an address again')
    .action((domainId: string, address: string) =>
      cli.run(async (deployment) => {
        await openSuppressedAddresses(deployment).clearAddress(domainId, address, cli.actor);
        cli.print({ address, cleared: true }, ['address', 'cleared']);
      }),
    );
}
