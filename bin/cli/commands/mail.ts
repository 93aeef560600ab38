import type { Command } from 'commander';
import type { Redrive } from '../../../portal/src/api/schema';
import type { Cli } from '../cli';
import type { Column } from '../columns';
import { addCommand, addNoun } from '../command';

const REDRIVE: readonly Column<Redrive>[] = [
  ['Emails due now', ({ mails }) => mails],
  ['Messages processed', ({ messages }) => messages],
  ['Messages left', ({ left }) => left],
];

/** Adds `mail …`. */
export function addMailCommands(program: Command, cli: Cli): void {
  const mail = addNoun(program, cli, 'mail', 'license emails');

  addCommand(mail, cli, {
    usage: 'resend <domainId> <userId>',
    description: "send a user's license email again: the same key, or the notice that the license ended",
    examples: ['mail resend <domainId> <userId>'],
    calls: ['POST /domains/{domainId}/users/{userId}/resend-mail'],
  }).action(async (domainId: string, userId: string) => {
    const api = await cli.api();
    await api.call('POST /domains/{domainId}/users/{userId}/resend-mail', { path: { domainId, userId } });
    cli.print({ userId, requested: true }, () => ['The email is sent within seconds.']);
    cli.note(`Show its status: ${cli.commandLine(`license show ${domainId} ${userId}`)}`);
  });

  addCommand(mail, cli, {
    usage: 'redrive',
    description: 'requeue the failed emails of all domains; they are sent within a minute',
    examples: ['mail redrive', 'mail redrive --json'],
    calls: ['POST /mail/redrive'],
  }).action(async () => {
    const api = await cli.api();
    const redrive = await api.call('POST /mail/redrive', {});
    cli.printRecord(redrive, REDRIVE);
    if (!redrive.finished) cli.note('The command reached its time limit. Run it again in five minutes.');
  });
}
