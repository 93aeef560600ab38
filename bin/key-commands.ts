import type { Command } from 'commander';
import { openScimKeyAdmin, type NewScimKey, type ScimKeyAdmin } from '../shared/service/scim-key-admin';
import type { Cli } from './cli';

/** Adds `key …`. */
export function addKeyCommands(program: Command, cli: Cli): void {
  const key = program.command('key').description('create, list and revoke the SCIM keys of a domain');
  const run = (act: (admin: ScimKeyAdmin) => Promise<void>) =>
    cli.run((deployment) => act(openScimKeyAdmin(deployment)));

  key
    .command('create <domainId>')
    .description('make a key; it is printed here and cannot be shown again')
    .option('--name <name>', 'what the key is for', 'SCIM key')
    .option('--expire-time <time>', 'RFC 3339; without it the key never expires')
    .action((domainId: string, input: NewScimKey) =>
      run(async (admin) => {
        const created = await admin.createScimKey(domainId, input, cli.actor);
        cli.print(created, ['keyId', 'name', 'createdAt', 'expireTime', 'token']);
      }),
    );

  key
    .command('list <domainId>')
    .description('list the keys of a domain, without their secrets')
    .action((domainId: string) =>
      run(async (admin) =>
        cli.printTable(await admin.listScimKeys(domainId), [
          'keyId',
          'name',
          'createdAt',
          'lastUsedAt',
          'expireTime',
          'revokedAt',
        ]),
      ),
    );

  key
    .command('revoke <domainId> <keyId>')
    .description('revoke a key for good; it holds at once')
    .action((domainId: string, keyId: string) =>
      run(async (admin) => {
        await admin.revokeScimKey(domainId, keyId, cli.actor);
        cli.print({ keyId, revoked: true }, ['keyId', 'revoked']);
      }),
    );
}
