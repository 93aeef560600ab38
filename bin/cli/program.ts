import { type Argument, Command } from 'commander';
import { Cli, invocation } from './cli';
import { addAddressCommands } from './commands/address';
import { addAdministratorCommands, addOperatorCommands } from './commands/administrator';
import { addAdminTokenCommands } from './commands/secrets/admin-token';
import { addSecretCommands } from './commands/secrets/secret';
import { addApiCommands } from './commands/api';
import { addAuditCommands } from './commands/audit';
import { addDoctorCommand } from './commands/doctor';
import { addDomainCommands } from './commands/domains/domain';
import { addConnectionCommands } from './commands/connections/connection';
import { addGroupCommands } from './commands/group';
import { addInitCommand } from './commands/init';
import { addKeyCommands } from './commands/connections/key';
import { addLicenseCommands } from './commands/license';
import { addMailCommands } from './commands/mail';
import { addMappingCommands } from './commands/mappings/mapping';
import { addRequestCommands } from './commands/request';
import { addRestoreCommands } from './commands/restore/restore';
import { addEventCommands } from './commands/subscriptions/event';
import { addSubscriptionCommands } from './commands/subscriptions/subscription';
import { addSimulateCommand } from './commands/simulation/simulate';
import { addSimulationCommands } from './commands/simulation/simulation';
import { addSetupLinkCommands } from './commands/setup-link';
import { addUserCommands } from './commands/users/user';
import { addWebhookCommands } from './commands/subscriptions/webhook';
import { addVerifyCommand } from './commands/verification/verify';
import type { Terminal } from './terminal';

/** The width of the help if the width of the screen is unknown. */
const DEFAULT_WIDTH = 80;

/** The space that descriptions need. It lets a command with a long name fit in the default width. */
const MIN_DESCRIPTION_WIDTH = 32;

/** Returns the CLI. Its commands throw a `Failure` or a `CommanderError`. */
export function scimProgram(terminal: Terminal): Command {
  const program = new Command('scim')
    .description('Administers a deployment: domains, connections, users, licenses, emails, the audit log.')
    .option('--local', 'use the system that `npm start` runs')
    .option(
      '--session <file>',
      'file with the addresses and credentials of that system (default: the file of its stage)',
    )
    .option('--stage <stage>', 'stage of the deployment; also SCIM_STAGE')
    .option('--json', 'print JSON, for scripts')
    .helpCommand(false)
    .exitOverride()
    .configureHelp({
      showGlobalOptions: true,
      subcommandTerm: termOf,
      minWidthToWrap: MIN_DESCRIPTION_WIDTH,
    })
    .configureOutput({
      writeOut: terminal.out,
      writeErr: terminal.err,
      getOutHelpWidth: () => terminal.width ?? DEFAULT_WIDTH,
      getErrHelpWidth: () => terminal.width ?? DEFAULT_WIDTH,
    })
    .showHelpAfterError('Add --help for usage.')
    .addHelpText('after', () => epilogue(invocation(terminal.env)));

  const cli = new Cli(program, terminal);
  addInitCommand(program, cli);
  addDomainCommands(program, cli);
  addConnectionCommands(program, cli);
  addKeyCommands(program, cli);
  addAdministratorCommands(program, cli);
  addSetupLinkCommands(program, cli);
  addSubscriptionCommands(program, cli);
  addEventCommands(program, cli);
  addUserCommands(program, cli);
  addGroupCommands(program, cli);
  addMappingCommands(program, cli);
  addLicenseCommands(program, cli);
  addMailCommands(program, cli);
  addAddressCommands(program, cli);
  addAuditCommands(program, cli);
  addRequestCommands(program, cli);
  addWebhookCommands(program, cli);
  addOperatorCommands(program, cli);
  addAdminTokenCommands(program, cli);
  addSecretCommands(program, cli);
  addApiCommands(program, cli);
  addRestoreCommands(program, cli);
  addVerifyCommand(program, cli);
  addDoctorCommand(program, cli);
  addSimulateCommand(program, cli);
  addSimulationCommands(program, cli);
  return program;
}

/** Formats a command and its arguments. It omits `[options]`, to leave room for the description. */
const termOf = (command: Command): string =>
  [command.name(), ...command.registeredArguments.map(argumentOf)].join(' ');

const argumentOf = (argument: Argument): string =>
  argument.required ? `<${argument.name()}>` : `[${argument.name()}]`;

const epilogue = (scim: string): string => `
Which deployment:
  --local           the system that \`npm start\` runs on this machine
  SCIM_ADMIN_URL    environment variables: the address of the admin API, which
  SCIM_ADMIN_TOKEN  ends in /admin/v1, and its admin token. AWS is not needed
  otherwise         the stage of --stage or SCIM_STAGE in the account and
                    region of the AWS SDK's configuration (AWS_PROFILE,
                    AWS_REGION, ...)

Exit codes:
  0    success
  1    the request was refused or failed, or a check failed
  2    the command line is invalid; no request was sent
  3    verify: no problem is left, but not everything could be compared
  130  interrupted

Examples:
  $ ${scim} --local domain list
  $ ${scim} domain create "Example Inc" --rate-plan gallery
  $ ${scim} key create <domainId> --name Okta --expires 90d
  $ ${scim} user list <domainId> --search jane
  $ ${scim} audit list <domainId> --from 7d --action key
  $ ${scim} --local doctor

If you run the CLI through npm, \`npm run --silent scim -- ...\` prints only the
result.`;
