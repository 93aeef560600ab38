import { InvalidArgumentError, Option, type Command } from 'commander';
import { RATE_PLAN_NAMES, type RatePlanName } from '../shared/rate-plan';
import { type DomainAdmin, openDomainAdmin } from '../shared/service/domain-admin';
import type { DomainSettings } from '../shared/service/domain-settings';
import { SEAT_POLICIES, type SeatPolicy } from '../shared/store/counts';
import type { Cli } from './cli';

const SETTINGS = ['domainId', 'name', 'scimEnabled', 'ratePlan', 'mailDelayMinutes'];
const COUNTS = ['users', 'groups', 'seats', 'seatPolicy', 'activeLicenses', 'pendingLicenses'];
const PAGE = 100;

/** Adds `domain …`, and returns it so that more can be added to it. */
export function addDomainCommands(program: Command, cli: Cli): Command {
  const domain = program.command('domain').description('create, list, show, change and delete domains');
  const run = (act: (admin: DomainAdmin) => Promise<void>) =>
    cli.run((deployment) => act(openDomainAdmin(deployment)));

  domain
    .command('create <name>')
    .description('make a domain; its SCIM is switched on')
    .addOption(new Option('--rate-plan <plan>').choices(RATE_PLAN_NAMES).default('standard'))
    .option('--seats <number>', 'how many licenses may be active; without it, any number', seatsOf)
    .addOption(seatPolicy())
    .option('--mail-delay <minutes>', 'between an activation and its first mail', minutesOf)
    .action((name: string, options: NewDomainOptions) =>
      run(async (admin) => {
        const { ratePlan, seats, seatPolicy, mailDelay: mailDelayMinutes } = options;
        const input = { name, ratePlan, seats, seatPolicy, mailDelayMinutes };
        cli.print(await admin.createDomain(input, cli.actor), ['domainId', 'name', 'ratePlan']);
      }),
    );

  domain
    .command('list')
    .description('list the ids and names of all domains')
    .option('--deleted', 'those that are being deleted, or were in the last month')
    .action(({ deleted }: { deleted?: boolean }) =>
      run(async (admin) => {
        const page = (after?: string) =>
          deleted ? admin.listDeletedDomains(PAGE, after) : admin.listDomains(PAGE, after);
        const fields = deleted ? ['domainId', 'name', 'deletedAt', 'sweptAt'] : ['domainId', 'name'];
        cli.printTable(await all(page), fields);
      }),
    );

  domain
    .command('show <domainId>')
    .description('show a domain, its seats, and how many users and groups it has')
    .action((domainId: string) => run((admin) => show(admin, domainId)));

  const show = async (admin: DomainAdmin, domainId: string): Promise<void> => {
    const [shown, counts] = [await admin.getDomain(domainId), await admin.getCounts(domainId)];
    const { seats = cli.asJson ? null : 'unlimited' } = counts;
    cli.print({ ...shown, ...counts, seats }, [...SETTINGS, 'createdAt', ...COUNTS]);
  };
  const update = (domainId: string, settings: DomainSettings): Promise<void> =>
    run(async (admin) => cli.print(await admin.updateDomain(domainId, settings, cli.actor), SETTINGS));
  const change = (name: string, description: string, settings: (value: string) => DomainSettings) =>
    domain
      .command(name)
      .description(description)
      .action((domainId: string, value: string) => update(domainId, settings(value)));
  change('enable <domainId>', 'switch the SCIM of a domain on; it holds at once', () => ({
    scimEnabled: true,
  }));
  change('disable <domainId>', 'switch the SCIM of a domain off; it holds at once', () => ({
    scimEnabled: false,
  }));
  change('rename <domainId> <name>', 'give a domain another name', (name) => ({ name }));

  domain
    .command('mail-delay <domainId>')
    .description('let the first mail of an activation wait')
    .argument('<minutes>', 'up to a week', minutesOf)
    .action((domainId: string, mailDelayMinutes: number) => update(domainId, { mailDelayMinutes }));

  domain
    .command('plan <domainId>')
    .description('put a domain on a rate plan; it holds at once')
    .addArgument(domain.createArgument('<plan>').choices(RATE_PLAN_NAMES))
    .action((domainId: string, ratePlan: RatePlanName) => update(domainId, { ratePlan }));

  domain
    .command('seats <domainId>')
    .description('say how many licenses of a domain may be active; nobody is deactivated by it')
    .argument('<number>', 'or "unlimited"', seatsOf)
    .addOption(seatPolicy())
    .action((domainId: string, seats: number | null, { seatPolicy }: { seatPolicy?: SeatPolicy }) =>
      run(async (admin) => {
        await admin.updateDomain(domainId, { seats, seatPolicy }, cli.actor);
        await show(admin, domainId);
      }),
    );

  domain
    .command('delete <domainId>')
    .description('delete a domain with all that it has; its users get no mail about it')
    .requiredOption('--name <name>', "the domain's name, to be sure that it is the right one")
    .action((domainId: string, { name }: { name: string }) =>
      run(async (admin) =>
        cli.print(await admin.deleteDomain(domainId, name, cli.actor), ['domainId', 'name', 'deletedAt']),
      ),
    );

  return domain;
}

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
