import { rmSync } from 'node:fs';
import path from 'node:path';
import type { InjectedFault } from '../../../local/cloud/faults/faults';
import type { Session } from '../../../local/product/session';
import { REDELIVERY_FACTOR, STATE_DIRECTORY_VARIABLE } from '../jest/start-system';
import { readSession, startHost } from '../system/host-process';
import { fastDirectory } from '../system/own-system';

/** What `GET faults` of the local control returns. */
export interface FaultSummary {
  /** The number of calls that could have failed. */
  readonly calls: number;
  readonly injected: readonly InjectedFault[];
}

export interface FaultySystem {
  readonly session: Session;
  /** Adds a rule for faults, by the query of `POST faults`. */
  readonly addRule: (query: string) => Promise<void>;
  /** Switches the faults off. Returns what was injected. */
  readonly endFaults: () => Promise<FaultSummary>;
  readonly stop: () => Promise<void>;
}

/**
 * Starts a system that injects faults from the start. The helpers of `system.ts` then use it instead of the
 * system of all engine tests.
 */
export async function startFaultySystem(options: {
  readonly share: number;
  readonly seed: number;
  /** The directory of a cloud assembly. @default a new one */
  readonly assembly?: string;
  /** The directory of the data and logs, which then stay. @default a temporary one */
  readonly directory?: string;
  /** Further flags of `npm start`. @default none */
  readonly flags?: readonly string[];
  /** Further variables of the environment. @default none */
  readonly environment?: Readonly<Record<string, string>>;
}): Promise<FaultySystem> {
  const { share, seed, assembly, directory, flags = [], environment } = options;
  const state = directory ?? fastDirectory('scim-faults-');
  const own = [
    '--fresh',
    '--port',
    '0',
    '--state',
    state,
    '--rate-plan',
    'unmetered',
    '--timeout-factor',
    '5',
    // A queue delivers a message again after minutes, if its function has failed.
    '--redelivery-factor',
    String(REDELIVERY_FACTOR),
    // The conversations find a resource by its externalId right after its creation.
    '--index-lag',
    '0',
  ];
  const source = assembly
    ? ['--no-synth', '--assembly', assembly]
    : ['--assembly', path.join(state, 'cdk.out')];
  const faults = ['--faults', String(share), '--seed', String(seed)];
  const host = await startHost([...own, ...source, ...flags, ...faults], { environment });
  process.env[STATE_DIRECTORY_VARIABLE] = state;
  const session = readSession(state);
  return {
    session,
    addRule: async (query) => {
      const response = await fetch(`${session.controlUrl}/faults?${query}`, { method: 'POST' });
      if (!response.ok) throw new Error(`The rule ${query} is wrong: ${await response.text()}`);
    },
    endFaults: async () =>
      (await (await fetch(`${session.controlUrl}/faults`, { method: 'DELETE' })).json()) as FaultSummary,
    stop: async () => {
      await host.stop();
      if (directory === undefined) rmSync(state, { recursive: true, force: true });
    },
  };
}
