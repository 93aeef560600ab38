import type { Command } from 'commander';
import type { DuplicateName, NameVerification } from '../../../portal/src/api/schema';
import type { Cli } from '../cli';
import type { Column } from '../columns';
import { addCommand } from '../command';
import type { AdminClient } from '../connection/admin-client';
import { Failure } from '../failure';
import { collectItems } from '../paging';

interface VerifyOptions {
  readonly repair?: boolean;
}

/** The names of one domain. */
interface DomainVerification extends Omit<NameVerification, 'next'> {
  readonly domainId: string;
}

const RESULT: readonly Column<DomainVerification>[] = [
  ['Domain ID', ({ domainId }) => domainId],
  ['Checked', ({ checked }) => checked],
  ['Outdated', ({ outdated }) => outdated],
  ['Repaired', ({ repaired }) => repaired],
  ['Used twice', ({ duplicates }) => duplicates.length],
];

const DUPLICATE: readonly Column<DuplicateName>[] = [
  ['Type', ({ resourceType }) => resourceType],
  ['ID', ({ resourceId }) => resourceId],
  ['Name', ({ name }) => name],
  ['Same name as', ({ otherId }) => otherId],
];

/** Adds `verify`. */
export function addVerifyCommand(program: Command, cli: Cli): void {
  addCommand(program, cli, {
    usage: 'verify [domainId]',
    description:
      'check how the names of users and groups are stored, in one domain or in all; names that an earlier version ' +
      'stored are outdated until a repair, or until the user or group changes',
    examples: ['verify <domainId>', 'verify <domainId> --repair', 'verify --repair --json'],
    calls: ['POST /domains/{domainId}/verify-names', 'GET /domains'],
  })
    .summary('check, and repair, how names are stored')
    .option(
      '--repair',
      'store outdated names as this version does; readiness reports names that are used twice',
    )
    .action(async (domainId: string | undefined, { repair = false }: VerifyOptions) => {
      const api = await cli.api();
      const results: DomainVerification[] = [];
      for (const id of domainId === undefined ? await allDomains(api) : [domainId])
        results.push(await verifyDomain(api, id, repair));
      const duplicates = results.flatMap((result) => result.duplicates);
      cli.print(results, () => [
        ...cli.tableLines(results, RESULT),
        ...(duplicates.length > 0 ? ['', ...cli.tableLines(duplicates, DUPLICATE)] : []),
      ]);
      const left = results.reduce((sum, { outdated, repaired }) => sum + outdated - repaired, 0);
      if (repair && left > 0) throw new Failure(`${left} names changed during the repair. Run it again.`);
      if (left > 0) cli.note(`Repair them with: ${cli.commandLine(`verify ${domainId ?? ''} --repair`)}`);
    });
}

async function allDomains(api: AdminClient): Promise<string[]> {
  const { items } = await collectItems(Infinity, (query) => api.call('GET /domains', { query }));
  return items.map(({ domainId }) => domainId);
}

/** Verifies the names of a domain, part by part. */
async function verifyDomain(
  api: AdminClient,
  domainId: string,
  repair: boolean,
): Promise<DomainVerification> {
  const total = { domainId, checked: 0, outdated: 0, repaired: 0, duplicates: [] as DuplicateName[] };
  let cursor: string | undefined;
  do {
    const part = await api.call('POST /domains/{domainId}/verify-names', {
      path: { domainId },
      body: { repair, ...(cursor !== undefined && { cursor }) },
    });
    total.checked += part.checked;
    total.outdated += part.outdated;
    total.repaired += part.repaired;
    total.duplicates.push(...part.duplicates);
    cursor = part.next;
  } while (cursor !== undefined);
  return total;
}
