import { findInconsistencies } from '../consistency/consistency';
import { readDomain } from '../consistency/domain-data';
import { findUnsweptReferences } from '../consistency/unswept';
import { eventually } from '../jest/timeouts';
import type { FaultSummary, FaultySystem } from './faulty-system';
import { IdentityProvider, noObservations, type Observations } from './identity-provider';
import { mailProblems, settleMails } from './mail-problems';
import { runAdministration } from './administration';
import { runConversations, runLifecycles, type ScenarioResult } from './scenarios';

export interface FaultRun {
  readonly observed: Observations;
  readonly faults: FaultSummary;
  /** Seconds until all requests had ended, and until all emails were sent. */
  readonly seconds: { readonly requests: number; readonly emails: number };
  /** A sentence for each thing that is wrong. */
  readonly problems: readonly string[];
}

export interface FaultRunOptions {
  /** The users whose licenses change. */
  readonly users: number;
  /** Multiplies the pauses of `Retry-After`. @default 1 */
  readonly pauseFactor?: number;
  /** Waits for the emails that are due later. */
  readonly isPatient?: boolean;
  /** Runs more requests under faults. */
  readonly more?: (idp: IdentityProvider) => Promise<ScenarioResult[]>;
}

/**
 * Runs the conversations and license changes on a system that injects faults. Then switches the faults off,
 * and checks the data and the emails.
 */
export async function runUnderFaults(system: FaultySystem, options: FaultRunOptions): Promise<FaultRun> {
  const { users, pauseFactor = 1, isPatient = false, more = () => Promise.resolve([]) } = options;
  const startedAt = Date.now();
  const elapsed = () => Math.round((Date.now() - startedAt) / 1_000);
  const observed = noObservations();
  const idp = new IdentityProvider(observed, pauseFactor);
  const all = await Promise.all([
    runConversations(idp),
    runLifecycles(idp, users),
    runAdministration(idp),
    more(idp),
  ]);
  const results = all.flat();
  const domainIds = results.filter(({ isDeleted }) => !isDeleted).map(({ domainId }) => domainId);
  const requests = elapsed();
  const faults = await system.endFaults();
  await settleMails(domainIds, isPatient);
  const seconds = { requests, emails: elapsed() };
  const problems = results.flatMap((result) => result.problems);
  for (const domainId of domainIds) {
    await eventually('the sweep of deleted groups', async () => isSwept(domainId), 500);
    problems.push(...findInconsistencies(await readDomain(domainId)), ...(await seatProblems(domainId)));
  }
  for (const { domainId, isDeleted } of results) {
    if (isDeleted) await eventually('the sweep of the deleted domain', () => isEmpty(domainId), 500);
  }
  problems.push(...(await mailProblems(domainIds, faults.injected)));
  return { observed, faults, seconds, problems };
}

async function seatProblems(domainId: string): Promise<string[]> {
  const { counts } = await readDomain(domainId);
  const { seats = Infinity, activeLicenses } = counts;
  return activeLicenses > seats
    ? [`${activeLicenses} licenses are active, but there are ${seats} seats.`]
    : [];
}

/** Returns whether nothing is left of the users and groups of a domain. */
async function isEmpty(domainId: string): Promise<boolean> {
  const { users, groups, claims, memberships, licenses, addressItems } = await readDomain(domainId);
  return [users, groups, claims, memberships, licenses, addressItems].every(({ length }) => length === 0);
}

const isSwept = async (domainId: string): Promise<boolean> =>
  findUnsweptReferences(await readDomain(domainId)).length === 0;
