import type { Administrator, Invitation, MappedAdministrator } from '../../../portal/src/api/schema';
import type { Cli } from '../cli';
import { type Column, formatTime } from '../columns';

export const ADMINISTRATOR: readonly Column<Administrator>[] = [
  ['Email', ({ email }) => email],
  ['Name', ({ name }) => name],
  ['Role', ({ role }) => role],
  ['Since', ({ grantedAt }) => formatTime(grantedAt)],
  ['Administrator ID', ({ administratorId }) => administratorId],
];

export const MAPPED: readonly Column<MappedAdministrator>[] = [
  ['Email', ({ email }) => email],
  ['Name', ({ name }) => name],
  ['Role', ({ role }) => role],
  ['Since', ({ since }) => formatTime(since)],
  ['Signed in', ({ signedInAt }) => formatTime(signedInAt) ?? 'never'],
  ['Invitation', ({ invitedAt, mailProblem }) => mailProblem ?? formatTime(invitedAt) ?? 'waiting'],
  ['Expires', ({ invitationExpireTime }) => formatTime(invitationExpireTime)],
  ['User ID', ({ userId }) => userId],
];

export const INVITATION: readonly Column<Invitation>[] = [
  ['Email', ({ email }) => email],
  ['Name', ({ name }) => name],
  ['Role', ({ role }) => role],
  ['Status', ({ status }) => status],
  ['Expires', ({ expireTime }) => formatTime(expireTime)],
  ['Invitation ID', ({ invitationId }) => invitationId],
];

/** Prints an invitation, and why no email was sent. */
export function printInvitation(cli: Cli, invitation: Invitation): void {
  cli.printRecord(invitation, INVITATION);
  if (invitation.mailProblem !== undefined)
    cli.note(
      `\nNo email was sent: ${invitation.mailProblem} Give the address of the portal to the person yourself.`,
    );
}

/** Prints a removal, and the command that lists what the administrator of a domain leaves behind. */
export function printRemoval(cli: Cli, administratorId: string, domainId?: string): void {
  cli.print({ administratorId, removed: true }, () => [`The administrator ${administratorId} is removed.`]);
  if (domainId !== undefined)
    cli.note(
      'Credentials and subscriptions that an owner created stay valid after the removal. List them: ' +
        cli.commandLine(`domain readiness ${domainId}`),
    );
}

/** Prints the end of an invitation. */
export const printWithdrawal = (cli: Cli, invitationId: string): void =>
  cli.print({ invitationId, withdrawn: true }, () => [`The invitation ${invitationId} is withdrawn.`]);
