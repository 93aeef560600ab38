import { groupBy } from '../../../shared/group-by';
import { type FaultSummary, type FaultySystem, startFaultySystem } from '../faults/faulty-system';
import { FAULT_KINDS, type FaultKind } from '../../../local/cloud/faults/fault';
import type { Observations } from '../faults/identity-provider';
import { seededRandom } from '../random';
import { type Findings, finish } from './finish';
import type { Operation } from './operations/operation';
import { type Extent, replay, runRandomly } from './run-operations';
import { shrink, type Shrunk } from './shrink';
import { Soak } from './soak';
import { FlakyReceiver } from './webhooks/flaky-receiver';

export interface SoakRunOptions extends Extent {
  readonly seed: number;
  readonly clients: number;
  readonly domains: number;
  /** The share of calls that fail. */
  readonly faults: number;
  /** The longest time for the search for the operations that matter; 0 for none. */
  readonly shrinkMinutes: number;
  /**
   * The longest wait for something that does not happen after the faults, in milliseconds. @default a minute
   */
  readonly stallMs?: number;
  /** The directory of a cloud assembly. @default a new one */
  readonly assembly?: string;
  /** Is called with the number of operations every few seconds. @default nothing is called */
  readonly progress?: (operations: number) => void;
  /** The directory of the data and logs, which then stay. @default a temporary one */
  readonly directory?: string;
}

/** The operations that remain after the search for those that matter. */
export interface ShrunkRun extends Shrunk<Operation> {
  /** Whether the operations follow one another. Otherwise, actors work at the same time. */
  readonly isSequential: boolean;
  readonly problems: readonly string[];
}

export interface SoakRun {
  readonly operations: readonly Operation[];
  readonly seconds: number;
  readonly faults: FaultSummary;
  readonly kills: number;
  readonly observed: Observations;
  readonly limitedActivations: number;
  /** The responses whose audit events were counted. */
  readonly countedResponses: number;
  readonly findings: Findings;
  /** Undefined if nothing is wrong, or if the operations did not fail when they were repeated. */
  readonly shrunk?: ShrunkRun;
}

/** The share of `Retry-After` that clients wait. It is in whole seconds, and a soak should not only wait. */
const PAUSE_FACTOR = 0.1;
/** A repetition of operations does not wait long for something that does not happen. */
const REPETITION_STALL_MS = 6_000;

/** A queue delivers a message again within seconds. Less would give it up before its faults have ended. */
const REDELIVERY_FACTOR = '0.01';
/**
 * A killed function has to start again, which takes a processor for a second. So most faults kill nothing.
 */
const KILLS: readonly FaultKind[] = ['kill-before', 'kill-after'];
const KILL_SHARE = 0.02;

/** Turns on the faults of a soak: in a share of all calls, with kills in a small part of these. */
async function addFaults(system: FaultySystem, share: number, seed: number): Promise<void> {
  if (share === 0) return;
  const others = FAULT_KINDS.filter((kind) => !KILLS.includes(kind));
  const rules = [
    { share: `${share * KILL_SHARE}`, kinds: KILLS.join() },
    { share: `${share}`, kinds: others.join() },
  ];
  for (const rule of rules)
    await system.addRule(new URLSearchParams({ ...rule, seed: String(seed) }).toString());
}

/** Runs a soak in a system of its own. */
export async function runSoak(options: SoakRunOptions): Promise<SoakRun> {
  const { seed, faults: share, assembly, directory, shrinkMinutes } = options;
  const receiver = await FlakyReceiver.start(seededRandom(seed));
  const { flags, environment } = receiver.systemOptions();
  const system = await startFaultySystem({
    ...{ share: 0, seed, assembly, directory, environment },
    flags: [...flags, '--redelivery-factor', REDELIVERY_FACTOR],
  });
  try {
    await addFaults(system, share, seed);
    const soak = await Soak.prepare({
      ...{ receiver, pauseFactor: PAUSE_FACTOR },
      domains: Array.from({ length: options.domains }, (_, at) => at),
      clients: Array.from({ length: options.clients }, (_, at) => ({
        name: `client${at}`,
        domain: at % options.domains,
      })),
    });
    const started = Date.now();
    const operations = await runRandomly(soak, seed, options, options.progress);
    const seconds = Math.round((Date.now() - started) / 1_000);
    const faults = await system.endFaults();
    const findings = await finish(soak, faults.injected, { stallMs: options.stallMs });
    await soak.close();
    const isWrong = findings.problems.length > 0 && shrinkMinutes > 0;
    const shrunk = isWrong ? await shrinkRun({ system, receiver, options, operations }) : undefined;
    return {
      ...{ operations, seconds, faults, findings, kills: soak.kills.length, observed: soak.observed },
      limitedActivations: soak.seatWatch.limitedActivations,
      countedResponses: soak.auditWatch.requests,
      ...(shrunk && { shrunk }),
    };
  } finally {
    await system.stop();
    await receiver.close();
  }
}

interface Failed {
  readonly system: FaultySystem;
  readonly receiver: FlakyReceiver;
  readonly options: SoakRunOptions;
  readonly operations: readonly Operation[];
}

/**
 * Repeats parts of the operations in new domains, and returns a short part after which something is wrong.
 */
async function shrinkRun({ system, receiver, options, operations }: Failed): Promise<ShrunkRun | undefined> {
  const { seed, faults: share, shrinkMinutes } = options;
  const endsAt = Date.now() + 60_000 * shrinkMinutes;
  let problems: readonly string[] = [];
  // The table contains the problems of earlier repetitions.
  const repetition = {
    stallMs: Math.min(options.stallMs ?? Infinity, REPETITION_STALL_MS),
    isWholeTable: false,
  };
  const attempt = async (part: readonly Operation[], isSequential: boolean): Promise<boolean> => {
    const actors = groupBy(part, ({ by }) => by);
    const soak = await Soak.prepare({
      ...{ receiver, pauseFactor: PAUSE_FACTOR },
      domains: [...new Set(part.map(({ domain }) => domain))].sort((one, other) => one - other),
      clients: [...actors].flatMap(([name, [first]]) =>
        first && name.startsWith('client') ? [{ name, domain: first.domain }] : [],
      ),
    });
    await addFaults(system, share, seed);
    await replay(soak, part, isSequential);
    const { injected } = await system.endFaults();
    const found = (await finish(soak, injected, repetition)).problems;
    await soak.close();
    if (found.length > 0) problems = found;
    return found.length > 0;
  };
  const domains = [...new Set(operations.map(({ domain }) => domain))];
  const parts = [...domains.map((domain) => operations.filter((each) => each.domain === domain)), operations];
  for (const isSequential of [true, false])
    for (const part of parts) {
      if (Date.now() > endsAt) return undefined;
      if (!(await attempt(part, isSequential))) continue;
      const fails = (shorter: readonly Operation[]) => attempt(shorter, isSequential);
      const shrunk = await shrink(part, fails, () => Date.now() > endsAt);
      return { ...shrunk, isSequential, problems };
    }
  return undefined;
}
