import { InvalidArgumentError, type Command } from 'commander';
import { LICENSES_PARAMETER, type LicensesDeployment } from '../shared/deployment';
import { openLicenseAdmin, type ShownLicense } from '../shared/service/license-admin';
import { openMailRedrive } from '../shared/service/mail-redrive';
import type { MailItem } from '../shared/store/mail-item';
import type { Cli } from './cli';
import { examples } from './examples';

/** Adds `license …`. */
export function addLicenseCommands(program: Command, cli: Cli): void {
  program
    .command('license')
    .description('show licenses')
    .command('show <domainId> <userId>')
    .description(
      'show a license with its holder, and its history, newest first; that of a deleted user as well',
    )
    .addHelpText('after', examples('license show <domainId> <userId>'))
    .option('--limit <number>', 'entries of the history', limitIn, 20)
    .option('--after <id>', 'go on after an entry of the history')
    .action((domainId: string, userId: string, { limit, after }: { limit: number; after?: string }) =>
      cli.runOnDeployment(async (deployment) => {
        const admin = openLicenseAdmin(deployment);
        const shown = await admin.readLicense(domainId, userId, { limit, after });
        if (cli.asJson) return cli.print(shown, []);
        printLicense(cli, shown);
      }),
    );
}

/** Adds those of `mail …` that are about the mails of licenses. */
export function addLicenseMailCommands(mail: Command, cli: Cli): void {
  mail
    .command('resend <domainId> <userId>')
    .description('send the mail of a license once more: the same key, or the notice of its end')
    .addHelpText('after', examples('mail resend <domainId> <userId>'))
    .action((domainId: string, userId: string) =>
      cli.run(async (api) => {
        await api.call('POST', `/domains/${domainId}/users/${encodeURIComponent(userId)}/resend-mail`);
        cli.print({ userId, requested: true }, ['userId', 'requested']);
      }),
    );

  mail
    .command('redrive')
    .description('put back what is in the failure queues: its mails go out within a minute')
    .addHelpText('after', examples('mail redrive'))
    .action(() =>
      cli.runOnDeployment(async (deployment) => {
        const licenses = await cli.read<LicensesDeployment>(LICENSES_PARAMETER);
        const result = await openMailRedrive(deployment, licenses).run();
        cli.print(result, ['mails', 'messages', 'left']);
      }),
    );
}

function printLicense(cli: Cli, { license, mailProblem, history }: ShownLicense): void {
  const problem =
    mailProblem && `${mailProblem.kind} at ${mailProblem.at} ${mailProblem.detail ?? ''}`.trim();
  cli.print({ ...license, mailProblem: problem }, [
    ...(['userId', 'status', 'reason', 'changedAt', 'userType'] as const),
    ...(['userName', 'name', 'email', 'mailProblem'] as const),
  ]);
  console.log();
  cli.printTable(history.entries.map(rowOf), ['at', 'license', 'by', 'mail', 'status', 'to', 'error', 'id']);
  if (history.next !== undefined) console.log(`\nMore: --after ${history.next}`);
}

function rowOf(item: MailItem): object {
  const { changedAt, licenseStatus, reason, by, kind, status, to, error, detail, mailId } = item;
  return {
    at: changedAt,
    license: reason ?? licenseStatus,
    by: by && [by.kind, by.name ?? by.id].filter(Boolean).join(' '),
    mail: kind === 'none' ? undefined : kind,
    status: status === 'none' ? undefined : status,
    to,
    error: error ?? detail,
    id: mailId,
  };
}

function limitIn(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 1000) return limit;
  throw new InvalidArgumentError('It is a whole number from 1 to 1000.');
}
