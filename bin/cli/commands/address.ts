import type { Command } from 'commander';
import type { SuppressedAddress } from '../../../portal/src/api/schema';
import type { Cli } from '../cli';
import { type Column, instant } from '../columns';
import { addCommand, addNoun } from '../command';
import { addListOptions, limitOf, type ListOptions } from '../options/common-options';
import { collected } from '../paging';

const ADDRESS: readonly Column<SuppressedAddress>[] = [
  ['Address', ({ address }) => address],
  ['Reason', ({ reason }) => reason],
  ['Since', ({ at }) => instant(at)],
  ['User id', ({ userId }) => userId],
  ['Detail', ({ detail }) => detail],
];

/** Adds `address …`. */
export function addAddressCommands(program: Command, cli: Cli): void {
  const address = addNoun(program, cli, 'address', 'addresses to which no mail goes, since one came back');

  addListOptions(
    addCommand(address, cli, {
      usage: 'list <domainId>',
      description: 'list the addresses to which no mail goes, since one bounced or was complained of',
      examples: ['address list <domainId>'],
      calls: ['GET /domains/{domainId}/suppressed-addresses'],
    }),
  ).action(async (domainId: string, options: ListOptions) => {
    const api = await cli.api();
    const addresses = await collected(limitOf(options), (query) =>
      api.call('GET /domains/{domainId}/suppressed-addresses', { path: { domainId }, query }),
    );
    cli.printList(addresses, ADDRESS, 'Mails go to all addresses of the domain.');
  });

  addCommand(address, cli, {
    usage: 'clear <domainId> <address>',
    description: 'let mails go to an address again',
    examples: ['address clear <domainId> jane.doe@example.com'],
    calls: ['DELETE /domains/{domainId}/suppressed-addresses/{address}'],
  }).action(async (domainId: string, cleared: string) => {
    const api = await cli.api();
    const path = { domainId, address: cleared };
    await api.call('DELETE /domains/{domainId}/suppressed-addresses/{address}', { path });
    cli.print({ address: cleared, cleared: true }, () => [`Mails go to ${cleared} again.`]);
    cli.note('One that was held back is sent by `mail resend`.');
  });
}
