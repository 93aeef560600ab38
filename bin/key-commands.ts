import type { Command } from 'commander';
import type { Cli } from './cli';
import { examples } from './examples';

const FIELDS = ['keyId', 'name', 'status', 'createdAt', 'lastUsedAt', 'expireTime', 'revokedAt'];

interface NewScimKey {
  readonly name: string;
  readonly expireTime?: string;
}

/** Adds `key …`. */
export function addKeyCommands(program: Command, cli: Cli): void {
  const key = program.command('key').description('create, list and revoke the SCIM keys of a domain');

  key
    .command('create <domainId>')
    .description('make a key; it is printed here and cannot be shown again')
    .option('--name <name>', 'what the key is for', 'SCIM key')
    .option('--expire-time <time>', 'RFC 3339; without it the key never expires')
    .addHelpText('after', examples('key create <domainId> --name Okta --expire-time 2027-12-31T00:00:00Z'))
    .action((domainId: string, input: NewScimKey) =>
      cli.run(async (api) => {
        const created = await api.call<{ key: object; token: string }>('POST', `/domains/${domainId}/keys`, {
          body: input,
        });
        cli.print({ ...created.key, token: created.token }, [
          'keyId',
          'name',
          'createdAt',
          'expireTime',
          'token',
        ]);
      }),
    );

  key
    .command('list <domainId>')
    .description('list the keys of a domain, without their secrets')
    .addHelpText('after', examples('key list <domainId>', '--json key list <domainId>'))
    .action((domainId: string) =>
      cli.run(async (api) => {
        const { items } = await api.call<{ items: object[] }>('GET', `/domains/${domainId}/keys`);
        cli.printTable(items, FIELDS);
      }),
    );

  key
    .command('revoke <domainId> <keyId>')
    .description('revoke a key for good; it holds at once')
    .addHelpText('after', examples('key revoke <domainId> <keyId>'))
    .action((domainId: string, keyId: string) =>
      cli.run(async (api) => {
        await api.call('DELETE', `/domains/${domainId}/keys/${encodeURIComponent(keyId)}`);
        cli.print({ keyId, revoked: true }, ['keyId', 'revoked']);
      }),
    );
}
