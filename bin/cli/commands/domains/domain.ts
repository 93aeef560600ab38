import { type Command, Option } from 'commander';
import type { DeletedDomain, Domain, DomainSummary } from '../../../../portal/src/api/schema';
import type { Cli } from '../../cli';
import { type Column, formatTime, recordLines } from '../../columns';
import { addCommand, addNoun } from '../../command';
import { Failure } from '../../failure';
import { addListOptions, addYesOption, limitOf, type ListOptions } from '../../options/common-options';
import { addMailCommands } from './domain-mails';
import { addHealthCommands } from './domain-health';
import { addUsageKeyCommands } from './domain-usage-keys';
import { addSettings, type DomainOptions, settingsOf } from './domain-settings';
import { pluralize } from '../../../../shared/pluralize';

const SUMMARY: readonly Column<DomainSummary>[] = [
  ['Domain ID', ({ domainId }) => domainId],
  ['Name', ({ name }) => name],
];

const DELETED: readonly Column<DeletedDomain>[] = [
  ...SUMMARY,
  ['Deleted', ({ deletedAt }) => formatTime(deletedAt)],
  ['Swept', ({ sweptAt }) => formatTime(sweptAt) ?? 'in progress'],
];

const DOMAIN: readonly Column<Domain>[] = [
  ...SUMMARY,
  ['SCIM available', ({ scimAvailable }) => (scimAvailable ? 'yes' : 'no')],
  ['SCIM', ({ scimEnabled }) => (scimEnabled ? 'enabled' : 'disabled')],
  ['SCIM base URL', ({ scimBaseUrl }) => scimBaseUrl],
  ['Rate plan', ({ ratePlan }) => ratePlan],
  ['Seats', ({ seats }) => seats ?? 'unlimited'],
  ['Seat policy', ({ seatPolicy }) => seatPolicy],
  ['Active licenses', ({ counts }) => counts.activeLicenses],
  ['Pending licenses', ({ counts }) => counts.pendingLicenses],
  ['Email delay', ({ mailDelayMinutes }) => pluralize(mailDelayMinutes, 'minute')],
  ['Emails', ({ mailPaused }) => (mailPaused ? 'paused' : 'enabled')],
  ['Emails per hour', ({ mailsPerHour }) => mailsPerHour ?? 'default'],
  ['Minutes per address', ({ mailMinutesPerAddress }) => mailMinutesPerAddress ?? 'default'],
  ['Notify', ({ notifyAddresses }) => notifyAddresses.join(', ') || 'nobody'],
  ['Users', ({ counts }) => counts.users],
  ['Groups', ({ counts }) => counts.groups],
  ['Created', ({ createdAt }) => formatTime(createdAt)],
];

/** Adds `domain …`. */
export function addDomainCommands(program: Command, cli: Cli): void {
  const domain = addNoun(
    program,
    cli,
    'domain',
    'authentication domains: the tenants, each with its own users, groups and keys',
  );
  addReading(domain, cli);
  addChanging(domain, cli);
  addDeleting(domain, cli);
  addHealthCommands(domain, cli);
  addUsageKeyCommands(domain, cli);
}

function addReading(domain: Command, cli: Cli): void {
  addListOptions(
    addCommand(domain, cli, {
      usage: 'list',
      description: 'list domains, oldest first',
      examples: ['domain list', 'domain list --all --json', 'domain list --deleted'],
      calls: ['GET /domains', 'GET /deleted-domains'],
    }),
  )
    .option('--deleted', 'domains that were deleted in the last month or are being deleted')
    .action(async ({ deleted, ...options }: ListOptions & { deleted?: boolean }) => {
      const [api, limit] = [await cli.api(), limitOf(options)];
      if (deleted) {
        const domains = await cli.collect('domains', limit, (query) =>
          api.call('GET /deleted-domains', { query }),
        );
        return cli.printList(domains, DELETED, 'No domain was deleted in the last month.');
      }
      const domains = await cli.collect('domains', limit, (query) => api.call('GET /domains', { query }));
      const none = `There are no domains yet. Create one: ${cli.commandLine('domain create "Example Inc"')}`;
      cli.printList(domains, SUMMARY, none);
    });

  addCommand(domain, cli, {
    usage: 'show <domainId>',
    description: 'show a domain: its settings, seats, and numbers of users and groups',
    examples: ['domain show <domainId>'],
    calls: ['GET /domains/{domainId}'],
  }).action(async (domainId: string) => {
    const api = await cli.api();
    cli.printRecord(await api.call('GET /domains/{domainId}', { path: { domainId } }), DOMAIN);
  });
}

function addChanging(domain: Command, cli: Cli): void {
  const create = addCommand(domain, cli, {
    usage: 'create <name>',
    description: 'create a domain',
    examples: [
      'domain create "Example Inc"',
      'domain create "Example Inc" --rate-plan gallery --seats 50 --seat-policy wait',
    ],
    calls: ['POST /domains'],
  }).addOption(new Option('--disabled', 'create it with SCIM disabled'));
  addSettings(create).action(async (name: string, options: DomainOptions & { disabled?: boolean }) => {
    const body = { ...settingsOf(options), name, ...(options.disabled && { scimEnabled: false }) };
    const created = await (await cli.api()).call('POST /domains', { body });
    cli.printRecord(created, DOMAIN);
    cli.note(
      '\nNext, create a SCIM key for the identity provider. It also needs the SCIM base URL.',
      `  ${cli.commandLine(`key create ${created.domainId} --name Okta`)}`,
      ...(created.seats === null
        ? ['The number of active licenses is unlimited. To limit it:']
        : ['To change the number of seats:']),
      `  ${cli.commandLine(`domain update ${created.domainId} --seats 50`)}`,
    );
  });

  const update = addCommand(domain, cli, {
    usage: 'update <domainId>',
    description: 'change settings of a domain; settings that you omit stay the same',
    examples: [
      'domain update <domainId> --name "Example Corp"',
      'domain update <domainId> --rate-plan unmetered',
      'domain update <domainId> --seats 50 --seat-policy wait',
      'domain update <domainId> --seats unlimited --mail-delay 60',
      'domain update <domainId> --notify it@example.com,helpdesk@example.com',
      'domain update <domainId> --scim-available no',
      'domain update <domainId> --mails-per-hour 50000',
    ],
    calls: ['PATCH /domains/{domainId}'],
  }).option('--name <name>', 'new name');
  addSettings(update).action(async (domainId: string, options: DomainOptions & { name?: string }) => {
    const body = { ...settingsOf(options), ...(options.name !== undefined && { name: options.name }) };
    if (Object.keys(body).length === 0)
      throw Failure.misused('No settings to change. Pass at least one setting, such as --seats 50.');
    await change(domainId, body);
  });

  const change = async (domainId: string, body: object): Promise<void> => {
    const api = await cli.api();
    cli.printRecord(await api.call('PATCH /domains/{domainId}', { path: { domainId }, body }), DOMAIN);
  };
  addCommand(domain, cli, {
    usage: 'enable <domainId>',
    description: 'enable SCIM for a domain; takes effect immediately',
    examples: ['domain enable <domainId>'],
    calls: ['PATCH /domains/{domainId}'],
  }).action((domainId: string) => change(domainId, { scimEnabled: true }));

  addYesOption(
    addCommand(domain, cli, {
      usage: 'disable <domainId>',
      description: 'disable SCIM for a domain; takes effect immediately and deletes nothing',
      examples: ['domain disable <domainId>', 'domain disable <domainId> --yes'],
      calls: ['PATCH /domains/{domainId}'],
    }),
  ).action(async (domainId: string, options: { yes?: boolean }) => {
    await cli.confirm(
      `Disable SCIM for ${domainId}? Requests of its identity provider are refused immediately.`,
      options,
    );
    await change(domainId, { scimEnabled: false });
  });
  addMailCommands(domain, cli, change);
}

function addDeleting(domain: Command, cli: Cli): void {
  addCommand(domain, cli, {
    usage: 'delete <domainId>',
    description: 'permanently delete a domain and all its data; its users get no email about it',
    examples: ['domain delete <domainId>', 'domain delete <domainId> --name "Example Inc"'],
    calls: ['DELETE /domains/{domainId}'],
  })
    .option('--name <name>', "the domain's name, as confirmation; without it, the command asks")
    .action(async (domainId: string, { name: given }: { name?: string }) => {
      const name = given ?? (await askForName(domainId, cli));
      const api = await cli.api();
      await api.call('DELETE /domains/{domainId}', { path: { domainId }, query: { name } });
      const deleted = { domainId, name, deleted: true };
      cli.print(deleted, () => [
        ...recordLines(SUMMARY, deleted),
        'The domain is deleted. Its data is removed in the background:',
      ]);
      cli.note(`  ${cli.commandLine('domain list --deleted')}`);
    });
}

/** Asks the user to type the domain's name as confirmation. */
async function askForName(domainId: string, { terminal }: Cli): Promise<string> {
  if (!terminal.ask)
    throw Failure.misused("Standard input is not a terminal. Pass the domain's name with --name <name>.");
  const name = await terminal.ask(`To delete ${domainId} and its users, licenses and keys, type its name: `);
  if (!name?.trim()) throw new Failure('Nothing was deleted.');
  return name.trim();
}
