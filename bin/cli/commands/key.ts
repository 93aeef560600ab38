import type { Command } from 'commander';
import type { GeneratedScimKey, ScimKey } from '../../../portal/src/api/schema';
import type { Cli } from '../cli';
import { type Column, instant } from '../columns';
import { addCommand, addNoun } from '../command';
import { addYesOption } from '../options/common-options';
import { timeAhead } from '../options/times';

const KEY: readonly Column<ScimKey>[] = [
  ['Name', ({ name }) => name],
  ['Key id', ({ keyId }) => keyId],
  ['Created', ({ createdAt }) => instant(createdAt)],
  ['Last used', ({ lastUsedAt }) => instant(lastUsedAt) ?? 'never'],
  ['Expires', ({ expireTime }) => instant(expireTime) ?? 'never'],
  ['Status', ({ status }) => status],
];

const NEW_KEY: readonly Column<GeneratedScimKey>[] = [
  ...(['Name', 'Key id', 'Expires'] as const).map((title): Column<GeneratedScimKey> => {
    const cell = KEY.find(([each]) => each === title)?.[1];
    return [title, ({ key }) => cell?.(key)];
  }),
  ['SCIM key', ({ token }) => token],
];

/** Adds `key …`. */
export function addKeyCommands(program: Command, cli: Cli): void {
  const key = addNoun(program, cli, 'key', 'SCIM keys, by which identity providers are let in');

  addCommand(key, cli, {
    usage: 'create <domainId>',
    description: 'make a key; it is printed here and cannot be shown again',
    examples: [
      'key create <domainId> --name Okta',
      'key create <domainId> --name Okta --expires 90d',
      'key create <domainId> --name "Entra ID" --expires 2027-12-31 --json',
    ],
    calls: ['POST /domains/{domainId}/keys'],
  })
    .option('--name <name>', 'what the key is for', 'SCIM key')
    .option(
      '--expires <when>',
      'after a span (12h, 90d, 4w), with a day (2027-12-31, UTC) or at a time of RFC 3339; without it, never',
      (text) => timeAhead(text, cli.terminal.now()),
    )
    .action(async (domainId: string, { name, expires }: { name: string; expires?: string }) => {
      const api = await cli.api();
      const body = { name, ...(expires && { expireTime: expires }) };
      const made = await api.call('POST /domains/{domainId}/keys', { path: { domainId }, body });
      cli.printRecord(made, NEW_KEY);
      cli.note(
        '\nIt is not shown again. Give it to the identity provider, with the SCIM base URL of',
        `  ${cli.commandLine(`domain show ${domainId}`)}`,
      );
    });

  addCommand(key, cli, {
    usage: 'list <domainId>',
    description: 'list the keys of a domain without their secrets, oldest first',
    examples: ['key list <domainId>', 'key list <domainId> --json'],
    calls: ['GET /domains/{domainId}/keys'],
  }).action(async (domainId: string) => {
    const api = await cli.api();
    const { items } = await api.call('GET /domains/{domainId}/keys', { path: { domainId } });
    const none = `The domain has no key yet. Make one: ${cli.commandLine(`key create ${domainId} --name Okta`)}`;
    cli.printTable(items, KEY, none);
  });

  addYesOption(
    addCommand(key, cli, {
      usage: 'revoke <domainId> <keyId>',
      description: 'revoke a key for good; it holds at once',
      examples: ['key revoke <domainId> <keyId>', 'key revoke <domainId> <keyId> --yes'],
      calls: ['DELETE /domains/{domainId}/keys/{keyId}'],
    }),
  ).action(async (domainId: string, keyId: string, options: { yes?: boolean }) => {
    await cli.confirm(`Revoke the key ${keyId} for good? Whoever uses it is refused at once.`, options);
    const api = await cli.api();
    await api.call('DELETE /domains/{domainId}/keys/{keyId}', { path: { domainId, keyId } });
    cli.print({ keyId, revoked: true }, () => [`The key ${keyId} is revoked.`]);
  });
}
