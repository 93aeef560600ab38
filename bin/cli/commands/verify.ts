import type { Command } from 'commander';
import type { CountVerification, DuplicateName, NameVerification } from '../../../portal/src/api/schema';
import type { Cli } from '../cli';
import type { Column } from '../columns';
import { addCommand } from '../command';
import type { AdminClient } from '../connection/admin-client';
import { Failure } from '../failure';
import { collectItems } from '../paging';

interface VerifyOptions {
  readonly repair?: boolean;
}

type Counts = Omit<CountVerification, 'next'>;

/** The names and counts of one domain. */
interface DomainVerification extends Omit<NameVerification, 'next'> {
  readonly domainId: string;
  readonly counts: Counts;
}

/** A count, the number of members of a group, or that of queue entries of a user, that differs from what exists. */
interface WrongCount {
  readonly domainId: string;
  readonly what: string;
  readonly stored: number;
  readonly actual: number;
}

const RESULT: readonly Column<DomainVerification>[] = [
  ['Domain ID', ({ domainId }) => domainId],
  ['Checked', ({ checked }) => checked],
  ['Outdated', ({ outdated }) => outdated],
  ['Repaired', ({ repaired }) => repaired],
  ['Used twice', ({ duplicates }) => duplicates.length],
  ['Stale addresses', ({ staleAddresses }) => staleAddresses],
  ['Wrong counts', (result) => wrongCounts(result).length],
];

const WRONG_COUNT: readonly Column<WrongCount>[] = [
  ['Domain ID', ({ domainId }) => domainId],
  ['Count', ({ what }) => what],
  ['Stored', ({ stored }) => stored],
  ['Actual', ({ actual }) => actual],
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
      'check how the names of users and groups are stored, in one domain or in all, and whether the counts, the seats, ' +
      'the numbers of members, and the queue for seats are those of what exists; names that an earlier version stored are outdated until a ' +
      'repair, or until the user or group changes; addresses are stale if an earlier version changed or deleted their ' +
      'users after a rollback',
    examples: ['verify <domainId>', 'verify <domainId> --repair', 'verify --repair --json'],
    calls: [
      'POST /domains/{domainId}/verify-names',
      'POST /domains/{domainId}/verify-counts',
      'GET /domains',
    ],
  })
    .summary('check, and repair, how names and counts are stored')
    .option(
      '--repair',
      'store outdated names as this version does, delete stale addresses, and correct counts; readiness reports names ' +
        'that are used twice',
    )
    .action(async (domainId: string | undefined, { repair = false }: VerifyOptions) => {
      const api = await cli.api();
      const results: DomainVerification[] = [];
      for (const id of domainId === undefined ? await allDomains(api) : [domainId])
        results.push({
          ...(await verifyNames(api, id, repair)),
          counts: await verifyCounts(api, id, repair),
        });
      const duplicates = results.flatMap((result) => result.duplicates);
      const wrong = results.flatMap(wrongCounts);
      cli.print(results, () => [
        ...cli.tableLines(results, RESULT),
        ...(duplicates.length > 0 ? ['', ...cli.tableLines(duplicates, DUPLICATE)] : []),
        ...(wrong.length > 0 ? ['', ...cli.tableLines(wrong, WRONG_COUNT)] : []),
      ]);
      const left = results.reduce(
        (sum, { outdated, repaired, staleAddresses, deletedAddresses }) =>
          sum + outdated - repaired + staleAddresses - deletedAddresses,
        0,
      );
      const leftCounts = results.reduce((sum, { counts }) => sum - counts.repaired, wrong.length);
      const changing = results.filter(({ counts }) => !counts.exact).map((result) => result.domainId);
      if (repair && left > 0)
        throw new Failure(`${left} names or addresses changed during the repair. Run it again.`);
      if (repair && (leftCounts > 0 || changing.length > 0)) throw new Failure(changed(changing));
      if (changing.length > 0) cli.note(changed(changing));
      if (left + leftCounts > 0)
        cli.note(`Repair them with: ${cli.commandLine(`verify ${domainId ?? ''} --repair`)}`);
    });
}

const changed = (domainIds: readonly string[]): string =>
  `These domains changed while they were counted, so their counts may be right: ${domainIds.join(', ')}. ` +
  'Run the command again when nothing is provisioned.';

/** Returns the wrong counts of a domain, of its groups, and of its queue for seats. */
const wrongCounts = ({
  domainId,
  counts: { differences, groups, queue },
}: DomainVerification): WrongCount[] => [
  ...differences.map(({ name, stored, actual }) => ({ domainId, what: name, stored, actual })),
  ...groups.map(({ groupId, stored, actual }) => ({
    ...{ domainId, what: `members of ${groupId}` },
    ...{ stored, actual },
  })),
  ...queue.map(({ userId, problem }) => ({
    ...{ domainId, what: `queue entries of ${userId}` },
    ...(problem === 'stale' ? { stored: 1, actual: 0 } : { stored: 0, actual: 1 }),
  })),
];

async function allDomains(api: AdminClient): Promise<string[]> {
  const { items } = await collectItems(Infinity, (query) => api.call('GET /domains', { query }));
  return items.map(({ domainId }) => domainId);
}

/** Verifies the names of a domain, part by part. */
async function verifyNames(
  api: AdminClient,
  domainId: string,
  repair: boolean,
): Promise<Omit<DomainVerification, 'counts'>> {
  const total = {
    ...{ domainId, checked: 0, outdated: 0, repaired: 0, duplicates: [] as DuplicateName[] },
    ...{ staleAddresses: 0, deletedAddresses: 0 },
  };
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
    total.staleAddresses += part.staleAddresses;
    total.deletedAddresses += part.deletedAddresses;
    cursor = part.next;
  } while (cursor !== undefined);
  return total;
}

/** Verifies the counts of a domain, its groups, and its queue for seats, part by part. */
async function verifyCounts(api: AdminClient, domainId: string, repair: boolean): Promise<Counts> {
  const total = { checked: 0, repaired: 0, exact: true };
  const differences: Counts['differences'][number][] = [];
  const groups: Counts['groups'][number][] = [];
  const queue: Counts['queue'][number][] = [];
  let cursor: string | undefined;
  do {
    const part = await api.call('POST /domains/{domainId}/verify-counts', {
      path: { domainId },
      body: { repair, ...(cursor !== undefined && { cursor }) },
    });
    total.checked += part.checked;
    total.repaired += part.repaired;
    total.exact &&= part.exact;
    differences.push(...part.differences);
    groups.push(...part.groups);
    queue.push(...part.queue);
    cursor = part.next;
  } while (cursor !== undefined);
  return { ...total, differences, groups, queue };
}
