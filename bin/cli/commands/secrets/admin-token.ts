import type { Command } from 'commander';
import type { Cli } from '../../cli';
import { formatTime } from '../../columns';
import { addCommand, addNoun } from '../../command';
import { saveAdminToken } from '../../connection/local-session';
import { addYesOption } from '../../options/common-options';
import { rotateAdminToken } from './rotate';

/** Adds `admin-token …`. */
export function addAdminTokenCommands(program: Command, cli: Cli): void {
  const noun = addNoun(program, cli, 'admin-token', 'the token of the admin API; needs AWS credentials');
  const show = (token: string, createdAt?: Date): void =>
    cli.print({ token, ...(createdAt && { createdAt: createdAt.toISOString() }) }, () => [token]);

  addCommand(noun, cli, {
    usage: 'show',
    description: 'print the admin token',
    examples: ['admin-token show'],
  }).action(async () => {
    const aws = await cli.aws();
    show(await aws.readAdminToken(await aws.readAdminDeployment(cli.stage)));
  });

  addYesOption(
    addCommand(noun, cli, {
      usage: 'rotate',
      description:
        'replace the admin token and print the new one; the former one works for another hour, so that you can change ' +
        'the programs that have it. If you repeat the command within this hour, it prints the same token',
      examples: ['admin-token rotate', 'admin-token rotate --end-former --yes --json'],
    }).option(
      '--end-former',
      'let the former token stop working within a minute, because somebody may know it',
    ),
  ).action(async (options: { yes?: boolean; endFormer?: boolean }) => {
    const { endFormer } = options;
    const end = endFormer ? 'within a minute' : 'in an hour';
    await cli.confirm(`Replace the admin token? Programs with the former token lose access ${end}.`, options);
    const { token, createdAt } = await rotateAdminToken(cli, { endFormer });
    if (cli.session) saveAdminToken(cli.sessionFile, token);
    if (createdAt)
      cli.note(
        `This token was created before, at ${formatTime(createdAt.toISOString())}. To create another one, wait for an hour ` +
          'after that, or add --end-former, which ends this one and the one before it.',
      );
    show(token, createdAt);
  });
}
