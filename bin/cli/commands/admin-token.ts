import type { Command } from 'commander';
import type { Cli } from '../cli';
import { addCommand, addNoun } from '../command';
import { saveAdminToken } from '../connection/local-session';
import { addYesOption } from '../options/common-options';

/** Adds `admin-token …`. */
export function addAdminTokenCommands(program: Command, cli: Cli): void {
  const noun = addNoun(program, cli, 'admin-token', 'the token of the admin API; needs AWS credentials');
  const show = (token: string): void => cli.print({ token }, () => [token]);

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
      description: 'replace the admin token and print the new one; the old one stops working within a minute',
      examples: ['admin-token rotate', 'admin-token rotate --yes --json'],
    }),
  ).action(async (options: { yes?: boolean }) => {
    await cli.confirm('Replace the admin token? Programs with the old token lose access.', options);
    const aws = await cli.aws();
    const token = await aws.rotateAdminToken(await aws.readAdminDeployment(cli.stage));
    if (cli.session) saveAdminToken(cli.sessionFile, token);
    show(token);
  });
}
