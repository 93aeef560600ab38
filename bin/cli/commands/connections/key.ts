import type { Command } from 'commander';
import type { GeneratedScimKey, ScimKey } from '../../../../portal/src/api/schema';
import type { Cli } from '../../cli';
import { type Column, formatTime } from '../../columns';
import { addCommand, addNoun } from '../../command';
import { addYesOption } from '../../options/common-options';
import { parseFutureTime } from '../../options/times';

interface NewKeyOptions {
  readonly name: string;
  readonly expires?: string;
  readonly connection?: string;
}

const KEY: readonly Column<ScimKey>[] = [
  ['Name', ({ name }) => name],
  ['Key ID', ({ keyId }) => keyId],
  ['Created', ({ createdAt }) => formatTime(createdAt)],
  ['Last used', ({ lastUsedAt }) => formatTime(lastUsedAt) ?? 'never'],
  ['Expires', ({ expireTime }) => formatTime(expireTime) ?? 'never'],
  ['Status', ({ status }) => status],
];

const NEW_KEY: readonly Column<GeneratedScimKey>[] = [
  ...(['Name', 'Key ID', 'Expires'] as const).map((title): Column<GeneratedScimKey> => {
    const cell = KEY.find(([each]) => each === title)?.[1];
    return [title, ({ key }) => cell?.(key)];
  }),
  ['SCIM key', ({ token }) => token],
];

/** Adds `key …`. */
export function addKeyCommands(program: Command, cli: Cli): void {
  const key = addNoun(program, cli, 'key', 'SCIM keys, with which identity providers authenticate');

  addCommand(key, cli, {
    usage: 'create <domainId>',
    description: 'create a key and print it; it cannot be shown again',
    examples: [
      'key create <domainId> --name Okta',
      'key create <domainId> --name Okta --expires 90d',
      'key create <domainId> --name "Entra ID" --expires 2027-12-31 --json',
      'key create <domainId> --name "Second key" --connection <connectionId>',
    ],
    calls: ['POST /domains/{domainId}/keys'],
  })
    .option('--name <name>', 'name of the key', 'SCIM key')
    .option(
      '--expires <when>',
      'after a duration (12h, 90d, 4w), at the end of a date (2027-12-31, UTC), or at an RFC 3339 time; ' +
        'default: never',
      (text) => parseFutureTime(text, cli.terminal.now()),
    )
    .option('--connection <id>', 'connection that gets the key; default: the key is one of its own')
    .action(async (domainId: string, { name, expires, connection }: NewKeyOptions) => {
      const api = await cli.api();
      const body = {
        name,
        ...(expires && { expireTime: expires }),
        ...(connection !== undefined && { connectionId: connection }),
      };
      const created = await api.call('POST /domains/{domainId}/keys', { path: { domainId }, body });
      cli.printRecord(created, NEW_KEY);
      cli.note(
        '\nThis key cannot be shown again. Enter it in the identity provider, together with the SCIM base URL from',
        `  ${cli.commandLine(`domain show ${domainId}`)}`,
      );
    });

  addCommand(key, cli, {
    usage: 'list <domainId>',
    description: 'list the keys of a domain, oldest first, without their secrets',
    examples: ['key list <domainId>', 'key list <domainId> --json'],
    calls: ['GET /domains/{domainId}/keys'],
  }).action(async (domainId: string) => {
    const api = await cli.api();
    const { items } = await api.call('GET /domains/{domainId}/keys', { path: { domainId } });
    const none = `The domain has no key yet. Create one: ${cli.commandLine(`key create ${domainId} --name Okta`)}`;
    cli.printTable(items, KEY, none);
  });

  addYesOption(
    addCommand(key, cli, {
      usage: 'revoke <domainId> <keyId>',
      description: 'revoke a key permanently; takes effect immediately',
      examples: ['key revoke <domainId> <keyId>', 'key revoke <domainId> <keyId> --yes'],
      calls: ['DELETE /domains/{domainId}/keys/{keyId}'],
    }),
  ).action(async (domainId: string, keyId: string, options: { yes?: boolean }) => {
    await cli.confirm(
      `Permanently revoke the key ${keyId}? Requests with this key are refused immediately.`,
      options,
    );
    const api = await cli.api();
    await api.call('DELETE /domains/{domainId}/keys/{keyId}', { path: { domainId, keyId } });
    cli.print({ keyId, revoked: true }, () => [`The key ${keyId} is revoked.`]);
  });
}
