import { type Command, Option } from 'commander';
import type { CreatedSetupLink, SetupLink, SetupProgress } from '../../../portal/src/api/schema';
import type { Cli } from '../cli';
import { type Column, formatTime } from '../columns';
import { addCommand, addNoun } from '../command';
import { Failure } from '../failure';
import { addYesOption } from '../options/common-options';

const LINK: readonly Column<SetupLink>[] = [
  ['Email', ({ email }) => email],
  ['Link ID', ({ linkId }) => linkId],
  [
    'Offers',
    ({ accountRole }) => (accountRole === undefined ? 'no account' : `an account as ${accountRole}`),
  ],
  ['Created', ({ createdAt }) => formatTime(createdAt)],
  ['Opened', ({ openedAt }) => formatTime(openedAt) ?? 'never'],
  ['Expires', ({ expireTime }) => formatTime(expireTime)],
  ['Status', ({ status }) => status],
];

/** The columns of a new link. */
export const NEW_LINK: readonly Column<CreatedSetupLink>[] = [
  ...LINK.filter(([title]) => ['Email', 'Link ID', 'Offers', 'Expires'].includes(title)).map(
    ([title, cell]): Column<CreatedSetupLink> => [title, ({ link }) => cell(link)],
  ),
  ['Setup link', ({ url }) => url],
];

const PROGRESS: readonly Column<SetupProgress>[] = [
  ['Domain', ({ domain }) => domain.name],
  ['SCIM', ({ domain }) => (domain.scimAvailable && domain.scimEnabled ? 'enabled' : 'disabled')],
  ['Last request', ({ requests }) => formatTime(requests.lastAt) ?? 'none'],
  ['Refused', ({ requests: { refused } }) => refused.map(refusalText).join('; ') || 'none'],
  ['Users', ({ users }) => users.count],
  ['First user', ({ users }) => formatTime(users.firstAt) ?? 'none'],
  ['First email', ({ mails }) => formatTime(mails.firstSentAt) ?? mails.problem ?? 'none'],
];

const refusalText = ({ request, status, reason }: SetupProgress['requests']['refused'][number]): string =>
  `${request} (${status})${reason === undefined ? '' : ` ${reason}`}`;

/** The instructions for a new link. */
export const HOW_TO_SEND_LINK = [
  '\nThis link cannot be shown again. Send it to the person; whoever has it can set up the domain, after a code',
  'that is emailed to the address. It works in the browser that opens it first.',
] as const;

/** Returns the option for the role of the account that a link offers. */
export const accountOption = (): Option =>
  new Option('--account <role>', 'role of the account that the link offers at its end')
    .choices(['owner', 'viewer', 'none'])
    .default('owner');

/** Adds `setup-link …`. */
export function addSetupLinkCommands(program: Command, cli: Cli): void {
  const link = addNoun(
    program,
    cli,
    'setup-link',
    'setup links, by which somebody without an account sets up the identity provider of a domain',
  );

  addCommand(link, cli, {
    usage: 'create <domainId> <email>',
    description: 'create a setup link for one person and print it; it cannot be shown again',
    examples: [
      'setup-link create <domainId> it@example.com',
      'setup-link create <domainId> it@example.com --account none',
    ],
    calls: ['POST /domains/{domainId}/setup-links'],
  })
    .addOption(accountOption())
    .action(
      async (domainId: string, email: string, { account }: { account: 'owner' | 'viewer' | 'none' }) => {
        const api = await cli.api();
        const body = { email, ...(account !== 'none' && { accountRole: account }) };
        const created = await api.call('POST /domains/{domainId}/setup-links', { path: { domainId }, body });
        cli.printRecord(created, NEW_LINK);
        cli.note(...HOW_TO_SEND_LINK);
      },
    );

  addCommand(link, cli, {
    usage: 'list <domainId>',
    description: 'list the setup links of a domain, oldest first, without their secrets',
    examples: ['setup-link list <domainId>', 'setup-link list <domainId> --json'],
    calls: ['GET /domains/{domainId}/setup-links'],
  }).action(async (domainId: string) => {
    const api = await cli.api();
    const { items } = await api.call('GET /domains/{domainId}/setup-links', { path: { domainId } });
    const create = cli.commandLine(`setup-link create ${domainId} it@example.com`);
    cli.printTable(items, LINK, `The domain has no setup link. Create one: ${create}`);
  });

  addUsing(link, cli);
  addYesOption(
    addCommand(link, cli, {
      usage: 'revoke <domainId> <linkId>',
      description: 'revoke a setup link permanently; takes effect immediately, also in an open browser',
      examples: ['setup-link revoke <domainId> <linkId>', 'setup-link revoke <domainId> <linkId> --yes'],
      calls: ['DELETE /domains/{domainId}/setup-links/{linkId}'],
    }),
  ).action(async (domainId: string, linkId: string, options: { yes?: boolean }) => {
    await cli.confirm(
      `Permanently revoke the setup link ${linkId}? It also ends in an open browser.`,
      options,
    );
    const api = await cli.api();
    await api.call('DELETE /domains/{domainId}/setup-links/{linkId}', { path: { domainId, linkId } });
    cli.print({ linkId, revoked: true }, () => [`The setup link ${linkId} is revoked.`]);
  });
}

/** Adds the commands that show the progress of a setup, and open a link. */
function addUsing(link: Command, cli: Cli): void {
  addCommand(link, cli, {
    usage: 'progress <domainId>',
    description: 'show how far the setup of a domain has come: requests, users, and emails',
    examples: [
      'setup-link progress <domainId>',
      'setup-link progress <domainId> --connection 0199a8d2-9c4e-7000-8000-000000000002',
    ],
    calls: ['GET /domains/{domainId}/setup-progress'],
  })
    .option('--connection <connectionId>', 'only the requests of this connection')
    .action(async (domainId: string, { connection }: { connection?: string }) => {
      const api = await cli.api();
      const query = { connectionId: connection };
      cli.printRecord(
        await api.call('GET /domains/{domainId}/setup-progress', { path: { domainId }, query }),
        PROGRESS,
      );
    });

  addCommand(link, cli, {
    usage: 'open <url>',
    description:
      'open a setup link without a browser: request a code, then exchange it for a token of the admin API',
    examples: [
      'setup-link open "https://licenses.example.com/setup#DOMAIN.LINK.SECRET"',
      'setup-link open "https://licenses.example.com/setup#DOMAIN.LINK.SECRET" --code 123456',
    ],
    calls: ['POST /setup-links/{linkId}/codes', 'POST /setup-links/{linkId}/sessions'],
  })
    .option('--code <code>', 'code from the email; without it, a code is sent')
    .action(async (url: string, { code }: { code?: string }) => {
      const { linkId, ...parts } = partsOf(url);
      const api = await cli.api();
      if (code === undefined) {
        const body = parts;
        const sent = await api.call('POST /setup-links/{linkId}/codes', { path: { linkId }, body });
        return cli.printRecord(sent, [['Code sent to', ({ sentTo }) => sentTo]]);
      }
      const body = { ...parts, code };
      const session = await api.call('POST /setup-links/{linkId}/sessions', { path: { linkId }, body });
      cli.printRecord(session, [
        ['Token', ({ token }) => token],
        ['Expires', ({ expireTime }) => formatTime(expireTime)],
      ]);
      cli.note('\nThe link is now bound to this token, and no browser can open it.');
    });
}

function partsOf(url: string): { domainId: string; linkId: string; secret: string } {
  const [domainId, linkId, secret] = (url.split('#')[1] ?? '').split('.');
  if (domainId && linkId && secret) return { domainId, linkId, secret };
  throw Failure.misused('This is not a complete setup link. Put it in quotes, with everything after the #.');
}
