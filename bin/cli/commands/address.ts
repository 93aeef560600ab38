import type { Command } from 'commander';
import type { SuppressedAddress } from '../../../portal/src/api/schema';
import type { Cli } from '../cli';
import { type Column, formatTime } from '../columns';
import { addCommand, addNoun } from '../command';
import { addListOptions, limitOf, type ListOptions } from '../options/common-options';

const ADDRESS: readonly Column<SuppressedAddress>[] = [
  ['Address', ({ address }) => address],
  ['Reason', ({ reason }) => reason],
  ['Since', ({ at }) => formatTime(at)],
  ['User ID', ({ userId }) => userId],
  ['Detail', ({ detail }) => detail],
];

/** Adds `address …`. */
export function addAddressCommands(program: Command, cli: Cli): void {
  const address = addNoun(
    program,
    cli,
    'address',
    'suppressed addresses, which get no email after a bounce or complaint',
  );

  addListOptions(
    addCommand(address, cli, {
      usage: 'list <domainId>',
      description: 'list the suppressed addresses of a domain and why they are suppressed',
      examples: ['address list <domainId>'],
      calls: ['GET /domains/{domainId}/suppressed-addresses'],
    }),
  ).action(async (domainId: string, options: ListOptions) => {
    const api = await cli.api();
    const addresses = await cli.collect('addresses', limitOf(options), (query) =>
      api.call('GET /domains/{domainId}/suppressed-addresses', { path: { domainId }, query }),
    );
    cli.printList(addresses, ADDRESS, 'The domain has no suppressed addresses.');
  });

  addCommand(address, cli, {
    usage: 'clear <domainId> <address>',
    description: 'allow emails to a suppressed address again',
    examples: ['address clear <domainId> jane.doe@example.com'],
    calls: ['DELETE /domains/{domainId}/suppressed-addresses/{address}'],
  }).action(async (domainId: string, cleared: string) => {
    const api = await cli.api();
    const path = { domainId, address: cleared };
    await api.call('DELETE /domains/{domainId}/suppressed-addresses/{address}', { path });
    cli.print({ address: cleared, cleared: true }, () => [`${cleared} can receive emails again.`]);
    cli.note('Skipped emails are not sent automatically. Send them with `mail resend`.');
  });
}
