import { InvalidArgumentError, Option, type Command } from 'commander';
import { RATE_PLAN_NAMES, type RatePlanName } from '../shared/rate-plan';
import { openDomainAdmin } from '../shared/service/domain-admin';
import type { DomainSettings } from '../shared/service/domain-settings';
import { SEAT_POLICIES, type SeatPolicy } from '../shared/store/counts';
import type { AdminClient } from './admin-client';
import type { Cli } from './cli';
import { examples } from './examples';

const SETTINGS = ['domainId', 'name', 'scimEnabled', 'ratePlan', 'mailDelayMinutes'];
const COUNTS = ['users', 'groups', 'seats', 'seatPolicy', 'activeLicenses', 'pendingLicenses'];
const PAGE = 100;

/** Adds `domain …`, and returns it so that more can be added to it. */
export function addDomainCommands(program: Command, cli: Cli): Command {
  const domain = program.command('domain').description('create, list, show, change and delete domains');

  domain
    .command('create <name>')
    .description('make a domain; its SCIM is switched on')
    .addOption(new Option('--rate-plan <plan>').choices(RATE_PLAN_NAMES).default('standard'))
    .option('--seats <number>', 'how many licenses may be active; without it, any number', seatsOf)
    .addOption(seatPolicy())
    .option('--mail-delay <minutes>', 'between an activation and its first mail', minutesOf)
    .addHelpText(
      'after',
      examples('domain create "Example Inc" --rate-plan gallery', 'domain create "Example Inc" --seats 50'),
    )
    .action((name: string, options: NewDomainOptions) =>
      cli.run(async (api) => {
        const { ratePlan, seats, seatPolicy, mailDelay: mailDelayMinutes } = options;
        const body = { name, ratePlan, seats, seatPolicy, mailDelayMinutes };
        cli.print(await api.call<object>('POST', '/domains', { body }), ['domainId', 'name', 'ratePlan']);
      }),
    );

  domain
    .command('list')
    .description('list the ids and names of all domains')
    .option('--deleted', 'those that are being deleted, or were in the last month')
    .addHelpText('after', examples('domain list', '--json domain list --deleted'))
    .action(({ deleted }: { deleted?: boolean }) =>
      deleted
        ? cli.runOnDeployment(async (deployment) => {
            const admin = openDomainAdmin(deployment);
            const domains = await all((after) => admin.listDeletedDomains(PAGE, after));
            cli.printTable(domains, ['domainId', 'name', 'deletedAt', 'sweptAt']);
          })
        : cli.run(async (api) => cli.printTable(await api.all<object>('/domains'), ['domainId', 'name'])),
    );

  const show = (shown: ShownDomain): void => {
    const { counts, ...settings } = shown;
    const seats = settings.seats ?? 'unlimited';
    cli.print(cli.asJson ? shown : { ...settings, ...counts, seats }, [...SETTINGS, 'createdAt', ...COUNTS]);
  };
  domain
    .command('show <domainId>')
    .description('show a domain, its seats, and how many users and groups it has')
    .addHelpText('after', examples('domain show <domainId>'))
    .action((domainId: string) => cli.run(async (api) => show(await api.call('GET', pathOf(domainId)))));

  const patch = (api: AdminClient, domainId: string, body: DomainSettings): Promise<ShownDomain> =>
    api.call('PATCH', pathOf(domainId), { body });
  const update = (domainId: string, settings: DomainSettings): Promise<void> =>
    cli.run(async (api) => cli.print(await patch(api, domainId, settings), SETTINGS));
  const change = (
    [name, description]: readonly [name: string, description: string],
    example: string,
    settings: (value: string) => DomainSettings,
  ) =>
    domain
      .command(name)
      .description(description)
      .addHelpText('after', examples(example))
      .action((domainId: string, value: string) => update(domainId, settings(value)));
  change(
    ['enable <domainId>', 'switch the SCIM of a domain on; it holds at once'],
    'domain enable <domainId>',
    () => ({ scimEnabled: true }),
  );
  change(
    ['disable <domainId>', 'switch the SCIM of a domain off; it holds at once'],
    'domain disable <domainId>',
    () => ({ scimEnabled: false }),
  );
  change(
    ['rename <domainId> <name>', 'give a domain another name'],
    'domain rename <domainId> "Example Corp"',
    (name) => ({ name }),
  );

  domain
    .command('mail-delay <domainId>')
    .description('let the first mail of an activation wait')
    .argument('<minutes>', 'up to a week', minutesOf)
    .addHelpText('after', examples('domain mail-delay <domainId> 60'))
    .action((domainId: string, mailDelayMinutes: number) => update(domainId, { mailDelayMinutes }));

  domain
    .command('plan <domainId>')
    .description('put a domain on a rate plan; it holds at once')
    .addArgument(domain.createArgument('<plan>').choices(RATE_PLAN_NAMES))
    .addHelpText('after', examples('domain plan <domainId> unmetered'))
    .action((domainId: string, ratePlan: RatePlanName) => update(domainId, { ratePlan }));

  domain
    .command('seats <domainId>')
    .description('say how many licenses of a domain may be active; nobody is deactivated by it')
    .argument('<number>', 'or "unlimited"', seatsOf)
    .addOption(seatPolicy())
    .addHelpText(
      'after',
      examples('domain seats <domainId> 50 --seat-policy wait', 'domain seats <domainId> unlimited'),
    )
    .action((domainId: string, seats: number | null, { seatPolicy }: { seatPolicy?: SeatPolicy }) =>
      cli.run(async (api) => show(await patch(api, domainId, { seats, seatPolicy }))),
    );

  domain
    .command('delete <domainId>')
    .description('delete a domain with all that it has; its users get no mail about it')
    .requiredOption('--name <name>', "the domain's name, to be sure that it is the right one")
    .addHelpText('after', examples('domain delete <domainId> --name "Example Inc"'))
    .action((domainId: string, { name }: { name: string }) =>
      cli.run(async (api) => {
        await api.call('DELETE', pathOf(domainId), { query: { name } });
        cli.print({ domainId, name, deleted: true }, ['domainId', 'name', 'deleted']);
      }),
    );

  return domain;
}

interface ShownDomain extends DomainSettings {
  readonly counts: object;
}

const pathOf = (domainId: string): string => `/domains/${encodeURIComponent(domainId)}`;

interface NewDomainOptions {
  readonly ratePlan: RatePlanName;
  readonly seats?: number | null;
  readonly seatPolicy?: SeatPolicy;
  readonly mailDelay?: number;
}

const seatPolicy = (): Option =>
  new Option('--seat-policy <policy>', 'whether who finds no free seat is refused or waits').choices(
    SEAT_POLICIES,
  );

async function all<T>(page: (after?: string) => Promise<{ domains: T[]; next?: string }>): Promise<T[]> {
  const found: T[] = [];
  let after: string | undefined;
  do {
    const { domains, next } = await page(after);
    found.push(...domains);
    after = next;
  } while (after !== undefined);
  return found;
}

function minutesOf(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It is a whole number of minutes.');
  return Number(text);
}

function seatsOf(text: string): number | null {
  if (text === 'unlimited') return null;
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It is a whole number, or "unlimited".');
  return Number(text);
}
