import type { Command } from 'commander';
import type { Cli } from '../../cli';
import { addCommand } from '../../command';
import { addYesOption } from '../../options/common-options';
import { addSetOption, type Values } from '../../options/values';
import { USER } from './user-columns';

/** Adds the commands that create, change, activate, deactivate, and delete users manually. */
export function addUserChangeCommands(user: Command, cli: Cli): void {
  addSetOption(
    addCommand(user, cli, {
      usage: 'create <domainId> <userName>',
      description: 'create a user manually; it is active, and gets a license, unless active is set to false',
      examples: [
        'user create <domainId> new.user@example.com --set givenName=Ada --set familyName=Lovelace',
        'user create <domainId> later@example.com --set active=false',
      ],
      calls: ['POST /domains/{domainId}/users'],
    }),
  ).action(async (domainId: string, userName: string, { set }: { readonly set: Values }) => {
    const api = await cli.api();
    const body = { values: { ...set, userName } };
    cli.printRecord(await api.call('POST /domains/{domainId}/users', { path: { domainId }, body }), USER);
  });

  addSetOption(
    addCommand(user, cli, {
      usage: 'update <domainId> <userId>',
      description: 'change values of a user manually; "user columns" lists the names',
      examples: ['user update <domainId> <userId> --set title=Engineer --set department='],
      calls: ['PATCH /domains/{domainId}/users/{userId}'],
    }),
  ).action(async (domainId: string, userId: string, { set }: { readonly set: Values }) => {
    const api = await cli.api();
    const path = { domainId, userId };
    cli.printRecord(
      await api.call('PATCH /domains/{domainId}/users/{userId}', { path, body: { values: set } }),
      USER,
    );
  });

  addYesOption(
    addCommand(user, cli, {
      usage: 'deactivate <domainId> <userId>',
      description: 'deactivate a user and end its license; its identity provider, or "user activate", can activate it again',
      examples: ['user deactivate <domainId> <userId>', 'user deactivate <domainId> <userId> --yes'],
      calls: ['POST /domains/{domainId}/users/{userId}/deactivate'],
    }),
  ).action(async (domainId: string, userId: string, options: { yes?: boolean }) => {
    await cli.confirm(
      `Deactivate the user ${userId}? The license ends, and the user gets an email.`,
      options,
    );
    const api = await cli.api();
    const path = { domainId, userId };
    cli.printRecord(await api.call('POST /domains/{domainId}/users/{userId}/deactivate', { path }), USER);
  });

  addCommand(user, cli, {
    usage: 'activate <domainId> <userId>',
    description: 'activate a user; it takes a seat and gets its license again',
    examples: ['user activate <domainId> <userId>'],
    calls: ['POST /domains/{domainId}/users/{userId}/activate'],
  }).action(async (domainId: string, userId: string) => {
    const api = await cli.api();
    const path = { domainId, userId };
    cli.printRecord(await api.call('POST /domains/{domainId}/users/{userId}/activate', { path }), USER);
  });

  addYesOption(
    addCommand(user, cli, {
      usage: 'delete <domainId> <userId>',
      description: 'delete a user, and end its license and its memberships',
      examples: ['user delete <domainId> <userId>', 'user delete <domainId> <userId> --yes'],
      calls: ['DELETE /domains/{domainId}/users/{userId}'],
    }),
  ).action(async (domainId: string, userId: string, options: { yes?: boolean }) => {
    await cli.confirm(`Delete the user ${userId}? The license ends, and the user gets an email.`, options);
    const api = await cli.api();
    await api.call('DELETE /domains/{domainId}/users/{userId}', { path: { domainId, userId } });
    cli.print({ userId }, () => [`The user ${userId} is deleted.`]);
  });
}
