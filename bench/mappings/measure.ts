import { setTimeout as sleep } from 'node:timers/promises';
import type { System } from '../../local/product/system';
import type { CapacityRecord } from '../../local/services/dynamodb/meter/capacity';
import { engineCall } from '../../local/services/dynamodb/engine/call';
import { openMappingAdmin } from '../../shared/service/mappings/mapping-admin';
import { LicenseStore } from '../../shared/store/licenses/license-store';
import { BENCH_ACTOR, BenchDomain } from '../contention/bench-domain';
import { functionsOf, invocationsOf, untilQuiet } from '../functions';
import { fillUsers } from './fill';

const POLL_MS = 250;
const QUIET_MS = 3_000;
const PAGE_SIZE = 1_000;
const GROUP = 'Everyone';
const ORGANIZATION = { name: 'Berlin', roles: ['member'] };
/** Users who are not in the group. */
const OTHERS = 100;

export interface EvaluationFigures {
  /** Users with the others. */
  readonly users: number;
  readonly fillSeconds: number;
  /** From the saved mappings to the end of the evaluation. */
  readonly seconds: number;
  /** The longest time without progress, which is that after the kill. */
  readonly pauseSeconds: number;
  readonly killed: number;
  readonly invocations: number;
  /** The capacity units that the function `mappings` consumed. */
  readonly read: number;
  readonly write: number;
  /** The largest memory of a process of the function, with Node itself. */
  readonly peakMb: number;
  /** The licenses that are not as the mappings say. */
  readonly wrong: number;
}

/**
 * Fills a domain with the members of one group, maps the group, and follows the evaluation of all users to
 * its end. Kills the function when a third of the users is done.
 */
export async function measureEvaluation(
  system: System,
  members: number,
  onProgress: (text: string) => void,
): Promise<EvaluationFigures> {
  const domain = await BenchDomain.create(system);
  const control = controlOf(system, domain.domainId);
  const call = engineCall(system.session.engineUrl);
  const fillStarted = Date.now();
  const group = await domain.request('POST', '/Groups', { displayName: GROUP });
  await fillUsers(call, domain, members, (group.body as { id: string }).id);
  await fillUsers(call, domain, OTHERS);
  const fillSeconds = secondsSince(fillStarted);
  onProgress(`${members} members and ${OTHERS} other users are written after ${fillSeconds.toFixed(0)} s.`);
  await untilQuiet(system, QUIET_MS);
  await control.takeCapacity();

  const admin = openMappingAdmin(system.deployment);
  const started = Date.now();
  const { mappings } = await admin.replace(
    domain.domainId,
    {
      version: 0,
      mappings: [
        {
          from: { kind: 'group', by: 'displayName', value: GROUP },
          to: { kind: 'userType', userType: 'Full User' },
        },
        {
          from: { kind: 'group', by: 'displayName', value: GROUP },
          to: { kind: 'organization', organization: ORGANIZATION.name, role: 'member' },
        },
      ],
      organizations: [ORGANIZATION],
    },
    BENCH_ACTOR,
  );
  const before = await control.mappingsFunction();
  let [read, write, killed, pause, last] = [0, 0, 0, 0, { done: 0, at: started }];
  for (let isFinished = false, tell = 0; !isFinished;) {
    await sleep(POLL_MS);
    const evaluation = (await admin.get(domain.domainId)).evaluation;
    const done = evaluation?.done ?? 0;
    if (done > last.done) {
      pause = Math.max(pause, Date.now() - last.at);
      last = { done, at: Date.now() };
    }
    for (const record of await control.takeCapacity()) {
      read += record.read;
      write += record.write;
    }
    if (killed === 0 && done > members / 3) killed = await control.kill();
    if (Date.now() > tell) {
      tell = Date.now() + 30_000;
      onProgress(`${done} users after ${secondsSince(started).toFixed(0)} s.`);
    }
    isFinished = evaluation?.finishedAt !== undefined;
  }
  const seconds = secondsSince(started);
  const after = await control.mappingsFunction();
  return {
    ...{ users: members + OTHERS, fillSeconds, seconds, pauseSeconds: pause / 1_000, killed, read, write },
    invocations: after.invocations - before.invocations,
    peakMb: after.peakMemoryMb,
    wrong: await wrongLicenses(
      domain,
      members,
      mappings.map(({ id }) => id),
    ),
  };
}

/** Compares all licenses, and returns how many are not as the mappings say. */
async function wrongLicenses(
  { table, domainId }: BenchDomain,
  members: number,
  [typeMapping, organizationMapping]: readonly string[],
): Promise<number> {
  const expected = JSON.stringify([
    'Full User',
    typeMapping,
    [{ organization: ORGANIZATION.name, role: 'member', mappingId: organizationMapping }],
  ]);
  const store = new LicenseStore(table);
  let [right, unchanged, others] = [0, 0, 0];
  let after: string | undefined;
  do {
    const page = await store.page(domainId, PAGE_SIZE, after);
    for (const { userType, userTypeMapping, organizations, status } of page.licenses) {
      const state = JSON.stringify([userType, userTypeMapping, organizations]);
      if (status === 'active' && state === expected) right++;
      else if (status === 'active' && userType === 'Basic User' && !organizations) unchanged++;
      else others++;
    }
    after = page.next;
  } while (after !== undefined);
  return others + Math.abs(right - members) + Math.abs(unchanged - OTHERS);
}

function controlOf(system: System, domainId: string) {
  const get = async <T>(path: string, method = 'GET'): Promise<T> =>
    (await (await fetch(`${system.session.controlUrl}/${path}`, { method })).json()) as T;
  const isOfMappings = ({ function: name }: CapacityRecord): boolean => name.includes('MappingsHandler');
  return {
    takeCapacity: async () => (await get<CapacityRecord[]>(`capacity?of=${domainId}`)).filter(isOfMappings),
    kill: async () =>
      (await get<{ killed: number }>(`kill?function=MappingsHandler&of=${domainId}`, 'POST')).killed,
    mappingsFunction: async () => {
      const found = await functionsOf(system, 'MappingsHandler');
      return {
        invocations: invocationsOf(found),
        peakMemoryMb: Math.max(...found.map(({ peakMemoryMb }) => peakMemoryMb)),
      };
    },
  };
}

const secondsSince = (at: number): number => (Date.now() - at) / 1_000;
