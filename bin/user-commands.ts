import type { Command } from 'commander';
import type { Cli } from './cli';
import { examples } from './examples';

interface License {
  readonly status: string;
  readonly email: string;
  readonly mailProblem?: { readonly kind: string };
}

interface User {
  readonly userId: string;
  readonly license?: License;
}

interface UserDetail {
  readonly user: User;
  readonly groups: readonly { readonly groupId: string; readonly displayName?: string }[];
}

const FIELDS = ['userId', 'userName', 'displayName', 'active', 'license', 'email', 'mailProblem'];

/** Adds `user …`. */
export function addUserCommands(program: Command, cli: Cli): void {
  const user = program.command('user').description('find, show and deactivate users');

  user
    .command('list <domainId>')
    .description('list the users of a domain with their licenses, oldest first')
    .option('--search <text>', 'those whose userName begins with it, or whose mails go to it')
    .addHelpText('after', examples('user list <domainId> --search jane', '--json user list <domainId>'))
    .action((domainId: string, { search }: { search?: string }) =>
      cli.run(async (api) => {
        const users = await api.all<User>(`/domains/${domainId}/users`, { search });
        cli.printTable(cli.asJson ? users : users.map(rowOf), FIELDS);
      }),
    );

  user
    .command('show <domainId> <userId>')
    .description('show a user with its groups and its license')
    .addHelpText('after', examples('user show <domainId> <userId>'))
    .action((domainId: string, userId: string) =>
      cli.run(async (api) => {
        const detail = await api.call<UserDetail>('GET', pathOf(domainId, userId));
        if (cli.asJson) return cli.print(detail, []);
        const groups = detail.groups.map(({ displayName, groupId }) => displayName ?? groupId).join(', ');
        cli.print({ ...rowOf(detail.user), groups }, [...FIELDS, 'createdAt', 'lastModified', 'groups']);
      }),
    );

  user
    .command('deactivate <domainId> <userId>')
    .description('deactivate a user, which ends its license; the identity provider may activate it again')
    .addHelpText('after', examples('user deactivate <domainId> <userId>'))
    .action((domainId: string, userId: string) =>
      cli.run(async (api) => {
        const changed = await api.call<User>('POST', `${pathOf(domainId, userId)}/deactivate`);
        cli.print(cli.asJson ? changed : rowOf(changed), FIELDS);
      }),
    );
}

const pathOf = (domainId: string, userId: string): string =>
  `/domains/${domainId}/users/${encodeURIComponent(userId)}`;

const rowOf = ({ license, ...user }: User): object => ({
  ...user,
  license: license?.status,
  email: license?.email,
  mailProblem: license?.mailProblem?.kind,
});
