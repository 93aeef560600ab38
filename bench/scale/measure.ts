import type { CapacityRecord } from '../../local/services/dynamodb/meter/capacity';
import type { System } from '../../local/product/system';
import { openScimKeyAdmin } from '../../shared/service/credentials/scim-key-admin';
import { openDomainAdmin } from '../../shared/service/domains/domain-admin';
import { BENCH_ACTOR } from '../contention/bench-domain';
import { type FunctionReport, functionsOf } from '../functions';
import { HttpClient, type HttpRequest } from '../http/client';
import { newUser } from '../http/rows';
import { fillDomain, unlimitedTable } from '../seed/fill-domain';

export interface ScaleSize {
  /** The users of the large domain and of its group. */
  readonly users: number;
  readonly domains: number;
  /** The users of each of the other domains. */
  readonly perDomain: number;
  /** The share of the users that a cycle of Entra ID looks up. */
  readonly share: number;
  readonly connections: number;
}

/** The figures of the requests of one phase. */
export interface PhaseFigures {
  readonly name: string;
  readonly requests: number;
  readonly seconds: number;
  readonly slowestMs: number;
  readonly read: number;
  readonly write: number;
}

export interface ScaleFigures {
  readonly phases: readonly PhaseFigures[];
  readonly functions: readonly FunctionReport[];
}

interface Tenant {
  readonly client: HttpClient;
  readonly userIds: readonly string[];
  readonly groupId: string;
}

const GROUP = 'All employees';
const PAGE = 100;
const userNameOf = (at: number): string => `employee-${at}`;

/** Fills the domains, and sends the requests of a full cycle of Entra ID and of an import of Okta. */
export async function measureScale(
  system: System,
  size: ScaleSize,
  progress: (step: string) => void,
): Promise<ScaleFigures> {
  const phases: PhaseFigures[] = [];
  const phase = async (name: string, sends: Iterable<() => Promise<number>>): Promise<void> => {
    progress(name);
    await takeCapacity(system);
    phases.push({ name, ...(await runAll(sends, size.connections)), ...(await takeCapacity(system)) });
  };
  progress(`filling a domain of ${size.users} users`);
  const large = await createTenant(system, size.users, size.connections);
  const label = `${size.users.toLocaleString('en')} users`;
  await phase(`${label}: cycle of Entra ID`, entraCycle(large, size.share));
  await phase(`${label}: import of Okta`, oktaImport(large));
  await phase(`${label}: the group with its members`, [
    send(large, { method: 'GET', path: `/Groups/${large.groupId}`, acceptsGzip: true }),
  ]);
  progress(`filling ${size.domains} domains of ${size.perDomain} users`);
  const tenants: Tenant[] = [];
  for (let at = 0; at < size.domains; at++) tenants.push(await createTenant(system, size.perDomain, 1));
  const domains = `${size.domains.toLocaleString('en')} domains of ${size.perDomain}`;
  await phase(`${domains}: cycle of Entra ID`, inTurns(tenants.map((each) => entraCycle(each, size.share))));
  await phase(`${domains}: import of Okta`, inTurns(tenants.map(oktaImport)));
  for (const { client } of [large, ...tenants]) client.close();
  return { phases, functions: (await functionsOf(system)).filter(({ invocations }) => invocations > 0) };
}

async function createTenant(system: System, users: number, connections: number): Promise<Tenant> {
  const { deployment, session } = system;
  const settings = { name: 'Bench', ratePlan: 'unmetered' } as const;
  const { domainId } = await openDomainAdmin(deployment).createDomain(settings, BENCH_ACTOR);
  const { token } = await openScimKeyAdmin(deployment).createScimKey(
    domainId,
    { name: 'bench' },
    BENCH_ACTOR,
  );
  const { userIds, groupId = '' } = await fillDomain(unlimitedTable(system), domainId, {
    ...{ users, group: GROUP },
    attributesOf: (at) => newUser(userNameOf(at)) as { userName: string },
  });
  return { client: new HttpClient({ baseUrl: session.baseUrl, token }, connections), userIds, groupId };
}

/**
 * Sends a request when it is called, and returns the milliseconds of the response. Throws if it is no
 * success.
 */
const send =
  ({ client }: Tenant, request: HttpRequest) =>
  async (): Promise<number> => {
    const { status, text, milliseconds } = await client.send(request);
    if (status !== 200) throw new Error(`${request.method} ${request.path}: ${status} ${text.slice(0, 300)}`);
    return milliseconds;
  };

/**
 * A full cycle: Entra ID looks up each user by its matching attribute, and reads each group without its
 * members.
 */
function* entraCycle(tenant: Tenant, share: number): Generator<() => Promise<number>, void> {
  const step = 1 / share;
  for (let at = 0; at < tenant.userIds.length; at += step) {
    const filter = encodeURIComponent(`userName eq "${userNameOf(Math.floor(at))}"`);
    yield send(tenant, { method: 'GET', path: `/Users?filter=${filter}` });
  }
  yield send(tenant, { method: 'GET', path: `/Groups/${tenant.groupId}?excludedAttributes=members` });
}

/** An import: Okta reads all users in pages, and all groups. */
function* oktaImport(tenant: Tenant): Generator<() => Promise<number>, void> {
  for (let startIndex = 1; startIndex <= tenant.userIds.length; startIndex += PAGE)
    yield send(tenant, { method: 'GET', path: `/Users?startIndex=${startIndex}&count=${PAGE}` });
  yield send(tenant, {
    method: 'GET',
    path: `/Groups?startIndex=1&count=${PAGE}&excludedAttributes=members`,
  });
}

/** Takes one request of each list, then the next of each, as the requests of many identity providers come. */
function* inTurns<T>(lists: readonly Generator<T, void>[]): Generator<T> {
  let open = [...lists];
  while (open.length > 0) {
    const left: Generator<T, void>[] = [];
    for (const list of open) {
      const next = list.next();
      if (next.done) continue;
      yield next.value;
      left.push(list);
    }
    open = left;
  }
}

async function runAll(
  sends: Iterable<() => Promise<number>>,
  connections: number,
): Promise<Pick<PhaseFigures, 'requests' | 'seconds' | 'slowestMs'>> {
  const startedAt = performance.now();
  const waiting = sends[Symbol.iterator]();
  let requests = 0;
  let slowestMs = 0;
  const worker = async (): Promise<void> => {
    for (let next = waiting.next(); !next.done; next = waiting.next()) {
      slowestMs = Math.max(slowestMs, await next.value());
      requests++;
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  return { requests, seconds: (performance.now() - startedAt) / 1_000, slowestMs };
}

/**
 * Returns the units since the last call. Those of filling are not among them, because it bypasses the
 * functions.
 */
async function takeCapacity({ session }: System): Promise<Pick<PhaseFigures, 'read' | 'write'>> {
  const records = (await (await fetch(`${session.controlUrl}/capacity`)).json()) as CapacityRecord[];
  return {
    read: records.reduce((sum, { read }) => sum + read, 0),
    write: records.reduce((sum, { write }) => sum + write, 0),
  };
}
