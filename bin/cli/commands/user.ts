import type { Command } from 'commander';
import type { User, UserDetail } from '../../../portal/src/api/schema';
import type { Cli } from '../cli';
import { type Column, formatTime, recordLines } from '../columns';
import { addCommand, addNoun } from '../command';
import { addListOptions, addYesOption, limitOf, type ListOptions } from '../options/common-options';
import { collectItems } from '../paging';
import { HISTORY } from './license-history';

const USER: readonly Column<User>[] = [
  ['User ID', ({ userId }) => userId],
  ['User name', ({ userName }) => userName],
  ['Name', ({ displayName }) => displayName],
  ['License', ({ license }) => license?.status ?? 'none'],
  ['Type', ({ license }) => license?.userType],
  ['Email problem', ({ license }) => license?.mailProblem?.kind],
  ['Last change', ({ lastModified }) => formatTime(lastModified)],
];

const DETAIL: readonly Column<UserDetail>[] = [
  ...USER.map(([title, cell]): Column<UserDetail> => [title, ({ user }) => cell(user)]),
  ['Active', ({ user }) => (user.active ? 'yes' : 'no')],
  ['Email address', ({ user }) => user.license?.email],
  ['Key kept until', ({ user }) => formatTime(user.license?.keyKeptUntil)],
  ['Created', ({ user }) => formatTime(user.createdAt)],
  [
    'Groups',
    ({ groups }) => groups.map(({ displayName, groupId }) => displayName ?? groupId).join(', ') || 'none',
  ],
];

/** Adds `user …`. */
export function addUserCommands(program: Command, cli: Cli): void {
  const user = addNoun(program, cli, 'user', 'users and their licenses');

  addListOptions(
    addCommand(user, cli, {
      usage: 'list <domainId>',
      description: 'list the users of a domain and their licenses, oldest first',
      examples: [
        'user list <domainId>',
        'user list <domainId> --search jane',
        'user list <domainId> --all --json',
      ],
      calls: ['GET /domains/{domainId}/users'],
    }),
  )
    .option('--search <text>', 'users whose user name begins with the text, or whose email address equals it')
    .action(async (domainId: string, { search, ...options }: ListOptions & { search?: string }) => {
      const api = await cli.api();
      const users = await collectItems(limitOf(options), (page) =>
        api.call('GET /domains/{domainId}/users', { path: { domainId }, query: { search, ...page } }),
      );
      cli.printList(users, USER, search ? `No user matches "${search}".` : 'The domain has no users yet.');
    });

  addCommand(user, cli, {
    usage: 'show <domainId> <userId>',
    description: 'show a user, its groups, its license and the history of the license, newest first',
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
      description: 'deactivate a user and end its license; the identity provider can activate it again',
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
}
