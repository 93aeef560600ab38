import type { Command } from 'commander';
import type { User, UserDetail } from '../../../portal/src/api/schema';
import type { Cli } from '../cli';
import { type Column, instant, recordLines } from '../columns';
import { addCommand, addNoun } from '../command';
import { addListOptions, addYesOption, limitOf, type ListOptions } from '../options/common-options';
import { collected } from '../paging';
import { HISTORY } from './license-history';

const USER: readonly Column<User>[] = [
  ['User id', ({ userId }) => userId],
  ['User name', ({ userName }) => userName],
  ['Name', ({ displayName }) => displayName],
  ['License', ({ license }) => license?.status ?? 'none'],
  ['Type', ({ license }) => license?.userType],
  ['Mail', ({ license }) => license?.mailProblem?.kind],
  ['Last change', ({ lastModified }) => instant(lastModified)],
];

const DETAIL: readonly Column<UserDetail>[] = [
  ...USER.map(([title, cell]): Column<UserDetail> => [title, ({ user }) => cell(user)]),
  ['Active', ({ user }) => (user.active ? 'yes' : 'no')],
  ['Mails go to', ({ user }) => user.license?.email],
  ['Created', ({ user }) => instant(user.createdAt)],
  [
    'Groups',
    ({ groups }) => groups.map(({ displayName, groupId }) => displayName ?? groupId).join(', ') || 'none',
  ],
];

/** Adds `user …`. */
export function addUserCommands(program: Command, cli: Cli): void {
  const user = addNoun(program, cli, 'user', 'users with their licenses');

  addListOptions(
    addCommand(user, cli, {
      usage: 'list <domainId>',
      description: 'list the users of a domain with their licenses, oldest first',
      examples: [
        'user list <domainId>',
        'user list <domainId> --search jane',
        'user list <domainId> --all --json',
      ],
      calls: ['GET /domains/{domainId}/users'],
    }),
  )
    .option('--search <text>', 'those whose user name begins with it, or whose mails go to it')
    .action(async (domainId: string, { search, ...options }: ListOptions & { search?: string }) => {
      const api = await cli.api();
      const users = await collected(limitOf(options), (page) =>
        api.call('GET /domains/{domainId}/users', { path: { domainId }, query: { search, ...page } }),
      );
      cli.printList(users, USER, search ? `Nobody is found by "${search}".` : 'The domain has no users yet.');
    });

  addCommand(user, cli, {
    usage: 'show <domainId> <userId>',
    description: 'show a user with its groups, its license and what happened to it, newest first',
    examples: ['user show <domainId> <userId>', 'user show <domainId> <userId> --json'],
    calls: ['GET /domains/{domainId}/users/{userId}'],
  }).action(async (domainId: string, userId: string) => {
    const api = await cli.api();
    const path = { domainId, userId };
    const detail = await api.call('GET /domains/{domainId}/users/{userId}', { path });
    cli.print(detail, () => [
      ...recordLines(DETAIL, detail),
      ...(detail.history.length > 0 ? ['', ...cli.tableLines(detail.history, HISTORY)] : []),
    ]);
  });

  addYesOption(
    addCommand(user, cli, {
      usage: 'deactivate <domainId> <userId>',
      description: 'deactivate a user, which ends its license; the identity provider may activate it again',
      examples: ['user deactivate <domainId> <userId>', 'user deactivate <domainId> <userId> --yes'],
      calls: ['POST /domains/{domainId}/users/{userId}/deactivate'],
    }),
  ).action(async (domainId: string, userId: string, options: { yes?: boolean }) => {
    await cli.confirm(`Deactivate the user ${userId}? The license ends, and a mail says so.`, options);
    const api = await cli.api();
    const path = { domainId, userId };
    cli.printRecord(await api.call('POST /domains/{domainId}/users/{userId}/deactivate', { path }), USER);
  });
}
