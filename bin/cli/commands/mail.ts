import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Redrive } from '../../../portal/src/api/schema';
import type { Cli } from '../cli';
import type { Column } from '../columns';
import { addCommand, addNoun } from '../command';
import type { AdminClient } from '../connection/admin-client';
import { attempt } from '../connection/attempt';

/** The result of all requests of a redrive. */
type WholeRedrive = Omit<Redrive, 'next'>;

const REDRIVE: readonly Column<WholeRedrive>[] = [
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
    description:
      'requeue the failed emails of all domains; they are sent within a minute. If license changes have failed, the command ' +
      'searches all licenses, which takes minutes in a large deployment. You can interrupt it, and run it again',
    examples: ['mail redrive', 'mail redrive --json'],
    calls: ['POST /mail/redrive'],
  }).action(async () => {
    const api = await cli.api();
    const redrive = await redriveAll(api);
    cli.printRecord(redrive, REDRIVE);
    // An API of the previous version does not say where the next request continues.
    if (!redrive.finished) cli.note('The command reached its time limit. Run it again in five minutes.');
  });
}

/** Sends requests until a redrive is finished. Each one continues where the one before it stopped. */
async function redriveAll(api: AdminClient): Promise<WholeRedrive> {
  let [mails, messages] = [0, 0];
  let cursor: string | undefined;
  for (;;) {
    const query = { ...(cursor !== undefined && { cursor }) };
    const send = () => api.call('POST /mail/redrive', { query });
    const { next, ...part } = await attempt(send, (ms) => sleep(ms));
    mails += part.mails;
    messages += part.messages;
    if (next === undefined) return { ...part, mails, messages };
    cursor = next;
  }
}
