import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Command } from 'commander';
import { ADMIN_PARAMETER, type AdminDeployment } from '../shared/deployment';
import { newSecret } from '../shared/scim-key';
import { fetchSecret } from '../shared/secret';
import { adminTokenOf } from '../shared/service/admin-token';
import type { Cli } from './cli';
import { examples } from './examples';

/** Adds `admin-token …`. */
export function addAdminTokenCommands(program: Command, cli: Cli): void {
  const token = program
    .command('admin-token')
    .description('the token that opens the admin API for operators');
  const secretArn = async (): Promise<string> =>
    (await cli.read<AdminDeployment>(ADMIN_PARAMETER)).adminTokenSecretArn;

  token
    .command('show')
    .description('print the admin token')
    .addHelpText('after', examples('admin-token show'))
    .action(async () => cli.print({ token: adminTokenOf(await fetchSecret(await secretArn())) }, ['token']));

  token
    .command('rotate')
    .description('make another admin token; the one before is refused within a minute')
    .addHelpText('after', examples('admin-token rotate', '--json admin-token rotate'))
    .action(async () => {
      const SecretId = await secretArn();
      const SecretString = newSecret();
      await new SecretsManagerClient({}).send(new PutSecretValueCommand({ SecretId, SecretString }));
      cli.print({ token: adminTokenOf(SecretString) }, ['token']);
    });
}
