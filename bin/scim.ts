#!/usr/bin/env node
import path from 'node:path';
import { Command } from 'commander';
import { AdminError } from '../shared/service/admin-error';
import { addAddressCommands } from './address-commands';
import { addAdminTokenCommands } from './admin-token-commands';
import { addAuditCommands } from './audit-commands';
import { Cli } from './cli';
import { addDoctorCommand } from './doctor-commands';
import { addDomainCommands } from './domain-commands';
import { addHealthCommands } from './health-commands';
import { addKeyCommands } from './key-commands';
import { addLicenseCommands, addLicenseMailCommands } from './license-commands';
import { addUserCommands } from './user-commands';

/** Where `npm start` says how its services are reached. */
const LOCAL_SESSION = path.join('.local', 'session.json');

// The deployed runtime is newer; which Node the CLI runs on is no concern of its users.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const program = new Command('scim')
  .description('Administers a deployment: domains, SCIM keys, users, licenses, mails, audit events.')
  .option('--local', 'talk to the system that `npm start` runs')
  .option('--session <file>', 'where that system says how it is reached', LOCAL_SESSION)
  .option('--json', 'print JSON instead of text')
  .addHelpText(
    'after',
    `
Without --local it finds the deployment in AWS, with the credentials and the region of the AWS SDK's ordinary
configuration (AWS_PROFILE, AWS_REGION, …). Where there are none, SCIM_ADMIN_URL and SCIM_ADMIN_TOKEN say where the
admin API is and open it; "license show", "mail redrive", "domain list --deleted" and "admin-token" need AWS.

Examples:
  $ npm run scim -- --local domain list
  $ npm run scim -- domain create "Example Inc" --rate-plan gallery
  $ npm run scim -- domain plan <domainId> unmetered
  $ npm run scim -- domain delete <domainId> --name "Example Inc"
  $ npm run scim -- user list <domainId> --search jane
  $ npm run scim -- audit list <domainId> --action key
  $ npm run scim -- --local doctor
  $ npm run scim -- license show <domainId> <userId>
  $ npm run scim -- mail resend <domainId> <userId>
  $ npm run scim -- mail clear <domainId> jane.doe@example.com
  $ npm run scim -- key create <domainId> --name "Okta" --expire-time 2027-12-31T00:00:00Z`,
  );

const cli = new Cli(program);
addHealthCommands(addDomainCommands(program, cli), cli);
addKeyCommands(program, cli);
addUserCommands(program, cli);
addLicenseCommands(program, cli);
const mail = program
  .command('mail')
  .description('license mails: send again, put back, let go to an address again');
addLicenseMailCommands(mail, cli);
addAddressCommands(mail, cli);
addAuditCommands(program, cli);
addAdminTokenCommands(program, cli);
addDoctorCommand(program, cli);

program
  .command('whoami')
  .description('who the admin API takes the caller for')
  .action(() =>
    cli.run(async (api) =>
      cli.print(await api.call<object>('GET', '/me'), ['id', 'name', 'kind', 'operator']),
    ),
  );

program.parseAsync().catch((error: Error) => {
  const plain = error instanceof AdminError ? error.message : `${error.name}: ${error.message}`;
  console.error(plain);
  process.exitCode = 1;
});
