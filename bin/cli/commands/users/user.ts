import { type Command, Option } from 'commander';
import type { License, User, UserDetail } from '../../../../portal/src/api/schema';
import type { Cli } from '../../cli';
import { type Column, formatTime, recordLines } from '../../columns';
import { addCommand, addNoun } from '../../command';
import { addListOptions, limitOf, type ListOptions } from '../../options/common-options';
import { collectItems } from '../../paging';
import { HISTORY } from '../license-history';
import { mappingResultLines } from '../mappings/mapping-results';
import { addUserChangeCommands } from './user-changes';
import { USER } from './user-columns';
import { addUserFileCommands } from './user-files';

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

interface UserFilter {
  readonly search?: string;
  readonly name?: string;
  readonly type?: string;
  readonly organization?: string;
  readonly license?: License['status'];
  readonly managedBy?: User['managedBy'];
}

const MANAGERS: readonly User['managedBy'][] = ['administrator', 'connection'];
const LICENSE_STATUSES: readonly License['status'][] = ['active', 'pending', 'inactive'];

function noUsersText({ search, name, type, organization, license, managedBy }: UserFilter): string {
  if (name ?? type ?? organization ?? license ?? managedBy) return 'No user matches.';
  return search ? `No user matches "${search}".` : 'The domain has no users yet.';
}

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
        'user list <domainId> --type "Full User" --license active',
        'user list <domainId> --organization Research',
        'user list <domainId> --all --json',
      ],
      calls: ['GET /domains/{domainId}/users'],
    }),
  )
    .option('--search <text>', 'users whose userName begins with the text, or whose email address equals it')
    .option('--name <text>', 'users whose name, userName, or email address contains the text')
    .option('--type <userType>', 'users whose license has this user type')
    .option('--organization <name>', 'users with a role in this organization')
    .addOption(
      new Option('--license <status>', 'users whose license has this status').choices(LICENSE_STATUSES),
    )
    .addOption(new Option('--managed-by <manager>', 'users with this manager').choices(MANAGERS))
    .action(async (domainId: string, options: ListOptions & UserFilter) => {
      const { search, name, type: userType, organization, license: licenseStatus, managedBy } = options;
      const filter = { search, name, userType, organization, licenseStatus, managedBy };
      const api = await cli.api();
      const users = await collectItems(limitOf(options), (page) =>
        api.call('GET /domains/{domainId}/users', { path: { domainId }, query: { ...filter, ...page } }),
      );
      cli.printList(users, USER, noUsersText(options));
    });

  addCommand(user, cli, {
    usage: 'show <domainId> <userId>',
    description:
      'show a user, its groups, its license, what mappings give it, and the history of the license, newest first',
    examples: ['user show <domainId> <userId>', 'user show <domainId> <userId> --json'],
    calls: ['GET /domains/{domainId}/users/{userId}'],
  }).action(async (domainId: string, userId: string) => {
    const api = await cli.api();
    const path = { domainId, userId };
    const detail = await api.call('GET /domains/{domainId}/users/{userId}', { path });
    cli.print(detail, () => [
      ...recordLines(DETAIL, detail),
      ...mappingResultLines(cli, detail),
      ...(detail.history.length > 0 ? ['', ...cli.tableLines(detail.history, HISTORY)] : []),
    ]);
  });

  addUserChangeCommands(user, cli);
  addUserFileCommands(user, cli);
}
