import type { Command } from 'commander';
import type { Cli } from './cli';
import { examples } from './examples';

/** Adds those of `mail …` that are about addresses which bounced. */
export function addAddressCommands(mail: Command, cli: Cli): void {
  mail
    .command('suppressed <domainId>')
    .description('list the addresses to which no mail goes, since one bounced or was complained of')
    .addHelpText('after', examples('mail suppressed <domainId>'))
    .action((domainId: string) =>
      cli.run(async (api) => {
        const addresses = await api.all<object>(`/domains/${domainId}/suppressed-addresses`);
        cli.printTable(addresses, ['address', 'reason', 'at', 'userId', 'detail']);
      }),
    );

  mail
    .command('clear <domainId> <address>')
    .description('let mails go to an address again')
    .addHelpText('after', examples('mail clear <domainId> jane.doe@example.com'))
    .action((domainId: string, address: string) =>
      cli.run(async (api) => {
        const path = `/domains/${domainId}/suppressed-addresses/${encodeURIComponent(address)}`;
        await api.call('DELETE', path);
        cli.print({ address, cleared: true }, ['address', 'cleared']);
      }),
    );
}
