import { type Command, Option } from 'commander';
import type {
  Administrator,
  CreatedSetupLink,
  DeploymentCheck,
  DomainSummary,
  Invitation,
  RatePlan,
  SetupLink,
} from '../../../portal/src/api/schema';
import { addressKeyOf } from '../../../shared/store/mail/address-key';
import type { Cli } from '../cli';
import { formatTime, recordLines } from '../columns';
import { addCommand } from '../command';
import type { AdminClient } from '../connection/admin-client';
import { collectItems } from '../paging';
import { RATE_PLANS } from './domains/domain-settings';
import { accountOption, HOW_TO_SEND_LINK, NEW_LINK } from './setup-link';

interface InitOptions {
  readonly domain?: string;
  readonly ratePlan: string;
  readonly owner?: string;
  readonly setupLink?: string;
  readonly account: 'owner' | 'viewer' | 'none';
  readonly newLink?: boolean;
}

/** The things that `init` found or created. */
interface InitResult {
  readonly checks: readonly DeploymentCheck[];
  readonly domain?: DomainSummary & { readonly created: boolean };
  readonly owner?: InitOwner;
  /** A new link with its address, or the link that the address already has. */
  readonly setupLink?: CreatedSetupLink | { readonly link: SetupLink };
}

/** The owner of the domain: an administrator, an invitation that is open, or a new one. */
type InitOwner =
  { readonly administrator: Administrator } | { readonly invitation: Invitation; readonly created: boolean };

const LABELS: Readonly<Record<DeploymentCheck['status'], string>> = {
  ok: 'ok',
  missing: 'MISSING',
  unknown: 'check',
};

/** Adds `init`. */
export function addInitCommand(program: Command, cli: Cli): void {
  addCommand(program, cli, {
    usage: 'init',
    description:
      'take a new deployment to its first customer: check what the deployment still lacks, create a domain, invite ' +
      'its owner, and create a setup link for the person who connects the identity provider. Repeat it as often as you ' +
      'like: it uses what exists already',
    examples: [
      'init',
      'init --domain "Example Inc" --owner jane.doe@example.com --setup-link it@example.com',
      'init --domain "Example Inc" --rate-plan gallery --setup-link it@example.com --account none',
    ],
    calls: [
      'GET /deployment-checks',
      'GET /domains',
      'POST /domains',
      'GET /domains/{domainId}/administrators',
      'GET /domains/{domainId}/invitations',
      'POST /domains/{domainId}/administrators',
      'GET /domains/{domainId}/setup-links',
      'POST /domains/{domainId}/setup-links',
    ],
  })
    .summary('take a new deployment to its first customer')
    .option('--domain <name>', 'name of the customer; a domain with this name is used or created')
    .addOption(
      new Option('--rate-plan <plan>', 'rate plan of a new domain').choices(RATE_PLANS).default('standard'),
    )
    .option('--owner <email>', 'address of the owner of the domain, who is invited as its administrator')
    .option('--setup-link <email>', 'address of the person who connects the identity provider')
    .addOption(accountOption())
    .option('--new-link', 'create a setup link although the address already has one')
    .action(async (options: InitOptions) => {
      const api = await cli.api();
      const checks = (await api.call('GET /deployment-checks', {})).items;
      if (!cli.options.json) cli.print(checks, () => checks.flatMap(checkLines));
      const name = options.domain ?? (await ask(cli, 'Name of the first customer (empty to stop): '));
      const domain = name === undefined ? undefined : await findOrCreateDomain(api, name, options.ratePlan);
      if (domain)
        cli.note(
          `\n${domain.created ? 'Created the domain' : 'The domain exists:'} ${domain.name} (${domain.domainId})`,
        );
      const ownerEmail =
        domain && (options.owner ?? (await ask(cli, 'Email of the owner of the domain (empty for none): ')));
      const owner =
        domain && ownerEmail !== undefined ? await findOrInviteOwner(api, domain, ownerEmail) : undefined;
      if (domain && owner) cli.note(...ownerLines(cli, domain, owner));
      const email =
        domain &&
        (options.setupLink ??
          (await ask(cli, 'Email of the person who connects the identity provider (empty to stop): ')));
      const setupLink =
        domain && email !== undefined ? await linkFor(api, domain.domainId, email, options) : undefined;
      const result: InitResult = {
        checks,
        ...(domain && { domain }),
        ...(owner && { owner }),
        ...(setupLink && { setupLink }),
      };
      if (cli.options.json) return cli.print(result, () => []);
      printNext(cli, result);
    });
}

const checkLines = ({ status, check, found, action }: DeploymentCheck): string[] => [
  `${LABELS[status].padEnd(7)}  ${check.padEnd(17)}  ${found}`,
  ...(action ? [`${' '.repeat(28)}${action}`] : []),
];

/**
 * Asks for a value that no option gives. Returns undefined without a terminal, with `--json`, or for an empty
 * answer.
 */
async function ask(cli: Cli, question: string): Promise<string | undefined> {
  if (cli.options.json || !cli.terminal.ask) return undefined;
  return (await cli.terminal.ask(question))?.trim() || undefined;
}

async function findOrCreateDomain(
  api: AdminClient,
  name: string,
  ratePlan: string,
): Promise<DomainSummary & { created: boolean }> {
  const { items } = await collectItems(Infinity, (query) => api.call('GET /domains', { query }));
  const found = items.find((domain) => domain.name === name.trim());
  if (found) return { ...found, created: false };
  const body = { name, ratePlan: ratePlan as RatePlan };
  const { domainId, name: created } = await api.call('POST /domains', { body });
  return { domainId, name: created, created: true };
}

/** Invites the owner of a domain, unless the address has a role or an open invitation already. */
async function findOrInviteOwner(
  api: AdminClient,
  { domainId }: DomainSummary,
  email: string,
): Promise<InitOwner> {
  const path = { domainId };
  const key = addressKeyOf(email.trim());
  const isOwner = (each: { readonly email?: string }) =>
    each.email !== undefined && addressKeyOf(each.email) === key;
  const administrators = await api.call('GET /domains/{domainId}/administrators', { path });
  const administrator = administrators.items.find(isOwner);
  if (administrator) return { administrator };
  const invitations = await api.call('GET /domains/{domainId}/invitations', { path });
  const open = invitations.items.find((each) => isOwner(each) && each.status === 'open');
  if (open) return { invitation: open, created: false };
  const body = { email, role: 'owner' as const };
  const invitation = await api.call('POST /domains/{domainId}/administrators', { path, body });
  return { invitation, created: true };
}

function ownerLines(cli: Cli, { domainId }: DomainSummary, owner: InitOwner): string[] {
  if ('administrator' in owner) {
    const { email, role, administratorId } = owner.administrator;
    if (role === 'owner') return [`The owner exists: ${email}`];
    const change = cli.commandLine(`administrator set-role ${domainId} ${administratorId} owner`);
    return [`${email} is a ${role} of the domain, not its owner. To change that: ${change}`];
  }
  const { email, role, expireTime, mailProblem } = owner.invitation;
  if (owner.created)
    return [
      `Invited the owner: ${email}`,
      ...(mailProblem === undefined
        ? []
        : [`No email was sent: ${mailProblem} Give the address of the portal to the person yourself.`]),
    ];
  const again = cli.commandLine(`administrator invite ${domainId} ${email} --role owner`);
  return [
    `${email} has an invitation as ${role} already (until ${formatTime(expireTime)}). To send another one: ${again}`,
  ];
}

/** Creates a setup link, unless the address has one that can be used. */
async function linkFor(
  api: AdminClient,
  domainId: string,
  email: string,
  { account, newLink }: InitOptions,
): Promise<CreatedSetupLink | { link: SetupLink }> {
  const path = { domainId };
  const { items } = await api.call('GET /domains/{domainId}/setup-links', { path });
  const usable = items.find(
    (link) => link.email === email.trim() && (link.status === 'pending' || link.status === 'open'),
  );
  if (usable && !newLink) return { link: usable };
  const body = { email, ...(account !== 'none' && { accountRole: account }) };
  return api.call('POST /domains/{domainId}/setup-links', { path, body });
}

function printNext(cli: Cli, { checks, domain, setupLink }: InitResult): void {
  if (setupLink && 'url' in setupLink) {
    cli.print(setupLink, () => recordLines(NEW_LINK, setupLink));
    cli.note(...HOW_TO_SEND_LINK);
  } else if (setupLink) {
    const { email, expireTime, status } = setupLink.link;
    cli.note(
      `\n${email} has a setup link already (${status}, until ${formatTime(expireTime)}). It cannot be shown again.`,
      'To create another one, add --new-link.',
    );
  }
  const missing = checks.filter(({ status }) => status === 'missing').length;
  cli.note(
    missing === 0
      ? '\nThe checks of the deployment found nothing missing.'
      : `\nStill missing in the deployment: ${missing} of ${checks.length}. Run this command again after you have fixed it.`,
    ...(domain ? [`Follow the setup: ${cli.commandLine(`setup-link progress ${domain.domainId}`)}`] : []),
  );
}
