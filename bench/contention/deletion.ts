import { setTimeout as sleep } from 'node:timers/promises';
import { openDomainAdmin } from '../../shared/service/domains/domain-admin';
import { DeletedDomains } from '../../shared/store/domains/deleted-domains';
import { newId } from '../../shared/id';
import { resourcePartition } from '../../shared/store/table/keys';
import { BENCH_ACTOR, BENCH_NAME, BenchDomain, type MeasuredSystem } from './bench-domain';

const POLL_MS = 200;
/** The time for which the import continues after the deletion. */
const AFTERWARD_MS = 3_000;

/** The size of an import during which its domain is deleted. */
export interface ImportSize {
  readonly perSecond: number;
  /** The seconds before the deletion. */
  readonly seconds: number;
  readonly holdMs: number;
}

/** The figures of one deletion. Times are in milliseconds from its start. */
export interface DeletionFigures {
  /** The time at which the deletion had ended for the administrator. */
  readonly endedMs: number;
  /** The time at which the last response said that a user was created; 0 if none did. */
  readonly lastCreatedMs: number;
  /** The time at which the sweep had removed the users. */
  readonly sweptMs: number;
  readonly createdBefore: number;
  readonly createdDuring: number;
  /** Users that were created by requests sent after the deletion had ended. */
  readonly createdAfterward: number;
  /** Requests that were refused after the deletion had ended. */
  readonly refusedAfterward: number;
  /** Users that the table has after the sweep. */
  readonly left: number;
  /** Responses with a status of 500 or more. */
  readonly serverErrors: number;
}

interface Response {
  readonly status: number;
  readonly sentAt: number;
  readonly at: number;
}

/** Deletes a domain while users are imported into it, and waits for the sweep. */
export async function measureDeletion(system: MeasuredSystem, size: ImportSize): Promise<DeletionFigures> {
  const domain = await BenchDomain.create(system);
  await domain.watchConflicts(true, size.holdMs);
  const responses: Response[] = [];
  let isOver = false;
  const imported = importUsers(domain, size.perSecond, responses, () => isOver);
  await sleep(size.seconds * 1_000);

  const startedAt = performance.now();
  await openDomainAdmin(system.deployment).deleteDomain(domain.domainId, BENCH_NAME, BENCH_ACTOR);
  const endedAt = performance.now();
  await sleep(AFTERWARD_MS);
  isOver = true;
  await imported;

  while ((await new DeletedDomains(domain.table).get(domain.domainId))?.sweptAt === undefined)
    await sleep(POLL_MS);
  const sweptAt = performance.now();
  const { items } = await domain.table.query({ pk: resourcePartition(domain.domainId, 'USER') });
  await domain.takeConflicts();

  const created = responses.filter(({ status }) => status === 201);
  const afterward = responses.filter(({ sentAt }) => sentAt > endedAt);
  return {
    endedMs: endedAt - startedAt,
    lastCreatedMs: Math.max(0, ...created.map(({ at }) => at - startedAt)),
    sweptMs: sweptAt - startedAt,
    createdBefore: created.filter(({ at }) => at <= startedAt).length,
    createdDuring: created.filter(({ sentAt, at }) => at > startedAt && sentAt <= endedAt).length,
    createdAfterward: afterward.filter(({ status }) => status === 201).length,
    refusedAfterward: afterward.filter(({ status }) => status === 401 || status === 403).length,
    left: items.length,
    serverErrors: responses.filter(({ status }) => status >= 500).length,
  };
}

async function importUsers(
  domain: BenchDomain,
  perSecond: number,
  responses: Response[],
  isOver: () => boolean,
): Promise<void> {
  const requests: Promise<void>[] = [];
  for (const startedAt = performance.now(); !isOver();) {
    const dueAt = startedAt + (requests.length * 1_000) / perSecond;
    await sleep(Math.max(0, dueAt - performance.now()));
    requests.push(createUser(domain, responses));
  }
  await Promise.all(requests);
}

async function createUser(domain: BenchDomain, responses: Response[]): Promise<void> {
  const sentAt = performance.now();
  const { status } = await domain.request('POST', '/Users', { userName: `${newId()}@example.com` });
  responses.push({ status, sentAt, at: performance.now() });
}
