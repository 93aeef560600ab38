import { InvalidArgumentError, Option, type Command } from 'commander';
import { RATE_PLAN_NAMES, type RatePlanName } from '../shared/rate-plan';
import { DomainAdmin, openDomainAdmin, type DomainSettings } from '../shared/service/domain-admin';
import type { Cli } from './cli';

const SHOWN = ['domainId', 'name', 'scimEnabled', 'ratePlan', 'mailDelayMinutes', 'createdAt'];
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
    .option('--mail-delay <minutes>', 'between an activation and its first mail', minutes)
    .action((name: string, { ratePlan, mailDelay }: { ratePlan: RatePlanName; mailDelay?: number }) =>
      run(async (admin) => {
        const created = await admin.createDomain({ name, ratePlan, mailDelayMinutes: mailDelay }, cli.actor);
        cli.print(created, ['domainId', 'name', 'ratePlan']);
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
    .description('show a domain')
    .action((domainId: string) => run(async (admin) => cli.print(await admin.getDomain(domainId), SHOWN)));

  const change = (name: string, description: string, settings: (value: string) => DomainSettings) =>
    domain
      .command(name)
      .description(description)
      .action((domainId: string, value: string) =>
        run(async (admin) =>
          cli.print(await admin.updateDomain(domainId, settings(value), cli.actor), SHOWN),
        ),
      );
  change('enable <domainId>', 'switch the SCIM of a domain on; it holds at once', () => ({
    scimEnabled: true,
  }));
  change('disable <domainId>', 'switch the SCIM of a domain off; it holds at once', () => ({
    scimEnabled: false,
  }));
  change('rename <domainId> <name>', 'give a domain another name', (name) => ({ name }));
  change('mail-delay <domainId> <minutes>', 'let the first mail of an activation wait', (value) => ({
    mailDelayMinutes: minutes(value),
  }));

  domain
    .command('plan <domainId>')
    .description('put a domain on a rate plan; it holds at once')
    .addArgument(domain.createArgument('<plan>').choices(RATE_PLAN_NAMES))
    .action((domainId: string, ratePlan: RatePlanName) =>
      run(async (admin) => cli.print(await admin.updateDomain(domainId, { ratePlan }, cli.actor), SHOWN)),
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

function minutes(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It is a whole number of minutes.');
  return Number(text);
}
