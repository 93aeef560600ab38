import { type Argument, Command } from 'commander';
import { Cli, invocation } from './cli';
import { addAddressCommands } from './commands/address';
import { addAdminTokenCommands } from './commands/admin-token';
import { addApiCommands } from './commands/api';
import { addAuditCommands } from './commands/audit';
import { addDoctorCommand } from './commands/doctor';
import { addDomainCommands } from './commands/domain';
import { addKeyCommands } from './commands/key';
import { addLicenseCommands } from './commands/license';
import { addMailCommands } from './commands/mail';
import { addUserCommands } from './commands/user';
import { SESSION_FILE } from './connection/local-session';
import type { Terminal } from './terminal';

/** Of the help where the screen does not say. */
const WIDTH = 80;

/** The whole CLI. Its commands throw a `Failure` or a `CommanderError`. */
export function scimProgram(terminal: Terminal): Command {
  const program = new Command('scim')
    .description('Administers a deployment: domains, SCIM keys, users, licenses, mails, the audit log.')
    .option('--local', 'talk to the system that `npm start` runs')
    .option('--session <file>', 'where that system says how it is reached', SESSION_FILE)
    .option('--json', 'print JSON, for scripts')
    .helpCommand(false)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true, subcommandTerm: termOf })
    .configureOutput({
      writeOut: terminal.out,
      writeErr: terminal.err,
      getOutHelpWidth: () => terminal.width ?? WIDTH,
      getErrHelpWidth: () => terminal.width ?? WIDTH,
    })
    .showHelpAfterError('Add --help to see how it is used.')
    .addHelpText('after', () => epilogue(invocation(terminal.env)));

  const cli = new Cli(program, terminal);
  addDomainCommands(program, cli);
  addKeyCommands(program, cli);
  addUserCommands(program, cli);
  addLicenseCommands(program, cli);
  addMailCommands(program, cli);
  addAddressCommands(program, cli);
  addAuditCommands(program, cli);
  addAdminTokenCommands(program, cli);
  addApiCommands(program, cli);
  addDoctorCommand(program, cli);
  return program;
}

/** A command with its arguments; that it has options as well is plain, and would leave no room for what it does. */
const termOf = (command: Command): string =>
  [command.name(), ...command.registeredArguments.map(argumentOf)].join(' ');

const argumentOf = (argument: Argument): string =>
  argument.required ? `<${argument.name()}>` : `[${argument.name()}]`;

const epilogue = (scim: string): string => `
Which deployment:
  --local           the system that \`npm start\` runs on this machine
  SCIM_ADMIN_URL    environment variables: the address of an admin API, which
  SCIM_ADMIN_TOKEN  ends in /admin/v1, and its admin token. No AWS is needed
  otherwise         what the account and region of the AWS SDK's ordinary
                    configuration (AWS_PROFILE, AWS_REGION, ...) have

Exit codes:
  0  done
  1  refused, not possible, or a check failed
  2  called in a wrong way; nothing was sent

Examples:
  $ ${scim} --local domain list
  $ ${scim} domain create "Example Inc" --rate-plan gallery
  $ ${scim} key create <domainId> --name Okta --expires 90d
  $ ${scim} user list <domainId> --search jane
  $ ${scim} audit list <domainId> --from 7d --action key
  $ ${scim} --local doctor

Below npm, \`npm run --silent scim -- ...\` prints nothing but the result.`;
