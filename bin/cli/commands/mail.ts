import type { Command } from 'commander';
import type { Redrive } from '../../../portal/src/api/schema';
import type { Cli } from '../cli';
import type { Column } from '../columns';
import { addCommand, addNoun } from '../command';

const REDRIVE: readonly Column<Redrive>[] = [
  ['Mails due now', ({ mails }) => mails],
  ['Messages done', ({ messages }) => messages],
  ['Messages left', ({ left }) => left],
];

/** Adds `mail …`. */
export function addMailCommands(program: Command, cli: Cli): void {
  const mail = addNoun(program, cli, 'mail', 'mails of licenses');

  addCommand(mail, cli, {
    usage: 'resend <domainId> <userId>',
    description: "send the mail of a user's license once more: the same key, or the notice of its end",
    examples: ['mail resend <domainId> <userId>'],
    calls: ['POST /domains/{domainId}/users/{userId}/resend-mail'],
  }).action(async (domainId: string, userId: string) => {
    const api = await cli.api();
    await api.call('POST /domains/{domainId}/users/{userId}/resend-mail', { path: { domainId, userId } });
    cli.print({ userId, requested: true }, () => ['The mail goes out within seconds.']);
    cli.note(`What becomes of it: ${cli.commandLine(`license show ${domainId} ${userId}`)}`);
  });

  addCommand(mail, cli, {
    usage: 'redrive',
    description: 'put back what is in the failure queues of all domains: its mails go out within a minute',
    examples: ['mail redrive', 'mail redrive --json'],
    calls: ['POST /mail/redrive'],
  }).action(async () => {
    const api = await cli.api();
    const redrive = await api.call('POST /mail/redrive', {});
    cli.printRecord(redrive, REDRIVE);
    if (!redrive.finished) cli.note('There was not the time for all. Run it again in five minutes.');
  });
}
