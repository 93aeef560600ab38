import { type Command, Option } from 'commander';
import type { DeletedDomain, Domain, DomainSummary } from '../../../portal/src/api/schema';
import type { Cli } from '../cli';
import { type Column, instant, recordLines } from '../columns';
import { addCommand, addNoun } from '../command';
import { Failure } from '../failure';
import { addListOptions, addYesOption, limitOf, type ListOptions } from '../options/common-options';
import { collected } from '../paging';
import { addHealthCommands } from './domain-health';
import { addSettings, type DomainOptions, settingsOf } from './domain-settings';

const SUMMARY: readonly Column<DomainSummary>[] = [
  ['Domain id', ({ domainId }) => domainId],
  ['Name', ({ name }) => name],
];

const DELETED: readonly Column<DeletedDomain>[] = [
  ...SUMMARY,
  ['Deleted', ({ deletedAt }) => instant(deletedAt)],
  ['Swept', ({ sweptAt }) => instant(sweptAt) ?? 'under way'],
];

const DOMAIN: readonly Column<Domain>[] = [
  ...SUMMARY,
  ['SCIM', ({ scimEnabled }) => (scimEnabled ? 'enabled' : 'disabled')],
  ['SCIM base URL', ({ scimBaseUrl }) => scimBaseUrl],
  ['Rate plan', ({ ratePlan }) => ratePlan],
  ['Seats', ({ seats }) => seats ?? 'unlimited'],
  ['Seat policy', ({ seatPolicy }) => seatPolicy],
  ['Active licenses', ({ counts }) => counts.activeLicenses],
  ['Pending licenses', ({ counts }) => counts.pendingLicenses],
  ['Mail delay', ({ mailDelayMinutes }) => `${mailDelayMinutes} minutes`],
  ['Users', ({ counts }) => counts.users],
  ['Groups', ({ counts }) => counts.groups],
  ['Created', ({ createdAt }) => instant(createdAt)],
];

/** Adds `domain …`. */
export function addDomainCommands(program: Command, cli: Cli): void {
  const domain = addNoun(program, cli, 'domain', 'customers, each with users, groups and keys of its own');
  addReading(domain, cli);
  addChanging(domain, cli);
  addDeleting(domain, cli);
  addHealthCommands(domain, cli);
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
    .option('--deleted', 'those that are being deleted, or were in the last month')
    .action(async ({ deleted, ...options }: ListOptions & { deleted?: boolean }) => {
      const [api, limit] = [await cli.api(), limitOf(options)];
      if (deleted) {
        const domains = await collected(limit, (query) => api.call('GET /deleted-domains', { query }));
        return cli.printList(domains, DELETED, 'No domain was deleted in the last month.');
      }
      const domains = await collected(limit, (query) => api.call('GET /domains', { query }));
      const none = `There is no domain yet. Make one: ${cli.commandLine('domain create "Example Inc"')}`;
      cli.printList(domains, SUMMARY, none);
    });

  addCommand(domain, cli, {
    usage: 'show <domainId>',
    description: 'show a domain: its settings, its seats, how many users and groups it has',
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
    description: 'make a domain',
    examples: [
      'domain create "Example Inc"',
      'domain create "Example Inc" --rate-plan gallery --seats 50 --seat-policy wait',
    ],
    calls: ['POST /domains'],
  }).addOption(new Option('--disabled', 'with its SCIM switched off'));
  addSettings(create).action(async (name: string, options: DomainOptions & { disabled?: boolean }) => {
    const body = { ...settingsOf(options), name, ...(options.disabled && { scimEnabled: false }) };
    const made = await (await cli.api()).call('POST /domains', { body });
    cli.printRecord(made, DOMAIN);
    cli.note(
      '\nNext: make a SCIM key for its identity provider, which needs the base URL as well.',
      `  ${cli.commandLine(`key create ${made.domainId} --name Okta`)}`,
      ...(made.seats === null
        ? ['Any number of licenses may be active. To bound it:']
        : ['To change the number of seats:']),
      `  ${cli.commandLine(`domain update ${made.domainId} --seats 50`)}`,
    );
  });

  const update = addCommand(domain, cli, {
    usage: 'update <domainId>',
    description: 'change settings of a domain; what is not named stays as it is',
    examples: [
      'domain update <domainId> --name "Example Corp"',
      'domain update <domainId> --rate-plan unmetered',
      'domain update <domainId> --seats 50 --seat-policy wait',
      'domain update <domainId> --seats unlimited --mail-delay 60',
    ],
    calls: ['PATCH /domains/{domainId}'],
  }).option('--name <name>', 'another name');
  addSettings(update).action(async (domainId: string, options: DomainOptions & { name?: string }) => {
    const body = { ...settingsOf(options), ...(options.name !== undefined && { name: options.name }) };
    if (Object.keys(body).length === 0)
      throw Failure.misused('There is nothing to change. Name at least one setting, such as --seats 50.');
    await change(domainId, body);
  });

  const change = async (domainId: string, body: object): Promise<void> => {
    const api = await cli.api();
    cli.printRecord(await api.call('PATCH /domains/{domainId}', { path: { domainId }, body }), DOMAIN);
  };
  addCommand(domain, cli, {
    usage: 'enable <domainId>',
    description: 'switch the SCIM of a domain on; it holds at once',
    examples: ['domain enable <domainId>'],
    calls: ['PATCH /domains/{domainId}'],
  }).action((domainId: string) => change(domainId, { scimEnabled: true }));

  addYesOption(
    addCommand(domain, cli, {
      usage: 'disable <domainId>',
      description: 'switch the SCIM of a domain off; it holds at once, and nothing is lost',
      examples: ['domain disable <domainId>', 'domain disable <domainId> --yes'],
      calls: ['PATCH /domains/{domainId}'],
    }),
  ).action(async (domainId: string, options: { yes?: boolean }) => {
    await cli.confirm(
      `Switch the SCIM of ${domainId} off? Its identity provider is refused at once.`,
      options,
    );
    await change(domainId, { scimEnabled: false });
  });
}

function addDeleting(domain: Command, cli: Cli): void {
  addCommand(domain, cli, {
    usage: 'delete <domainId>',
    description: 'delete a domain with all that it has, for good; its users get no mail about it',
    examples: ['domain delete <domainId>', 'domain delete <domainId> --name "Example Inc"'],
    calls: ['DELETE /domains/{domainId}'],
  })
    .option('--name <name>', "the domain's name, which is asked for otherwise")
    .action(async (domainId: string, { name: given }: { name?: string }) => {
      const api = await cli.api();
      const name = given ?? (await nameOf(domainId, cli));
      await api.call('DELETE /domains/{domainId}', { path: { domainId }, query: { name } });
      const deleted = { domainId, name, deleted: true };
      cli.print(deleted, () => [
        ...recordLines(SUMMARY, deleted),
        'It is deleted. Its data is being swept up:',
      ]);
      cli.note(`  ${cli.commandLine('domain list --deleted')}`);
    });
}

/** The name as it is typed again. */
async function nameOf(domainId: string, { terminal }: Cli): Promise<string> {
  if (!terminal.ask)
    throw Failure.misused("Nobody is there to ask for the domain's name: say it with --name <name>.");
  const name = await terminal.ask(`To delete ${domainId} with its users, licenses and keys, type its name: `);
  if (!name?.trim()) throw new Failure('Nothing was deleted.');
  return name.trim();
}
