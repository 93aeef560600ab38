import type { Command } from 'commander';
import type { Cli } from '../../cli';
import { addCommand } from '../../command';
import { addYesOption } from '../../options/common-options';

/**
 * Adds the commands that pause and resume the emails of a domain. `change` changes its settings and prints
 * it.
 */
export function addMailCommands(
  domain: Command,
  cli: Cli,
  change: (domainId: string, body: object) => Promise<void>,
): void {
  addYesOption(
    addCommand(domain, cli, {
      usage: 'pause-mail <domainId>',
      description: 'pause the emails of a domain within seconds; they wait until you resume them',
      examples: ['domain pause-mail <domainId>', 'domain pause-mail <domainId> --yes'],
      calls: ['PATCH /domains/{domainId}'],
    }),
  ).action(async (domainId: string, options: { yes?: boolean }) => {
    await cli.confirm(
      `Pause the emails of ${domainId}? Its users get no license keys until you resume them.`,
      options,
    );
    await change(domainId, { mailPaused: true });
  });

  addCommand(domain, cli, {
    usage: 'resume-mail <domainId>',
    description: 'resume the emails of a domain; waiting emails that still match their licenses are sent',
    examples: ['domain resume-mail <domainId>'],
    calls: ['PATCH /domains/{domainId}'],
  }).action((domainId: string) => change(domainId, { mailPaused: false }));
}
