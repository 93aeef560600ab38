import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Session } from '../../../local/product/session';
import { REDELIVERY_FACTOR, STATE_DIRECTORY_VARIABLE } from '../jest/start-system';
import { readSession, startHost } from './host-process';

export interface OwnSystemOptions {
  /** The directory of a cloud assembly. */
  readonly assembly: string;
  /** The directory of the data, which then stays. @default a temporary one */
  readonly state?: string;
  /** More flags of `npm start`. */
  readonly flags?: readonly string[];
  /** The Node that runs the system and its functions. @default the one that runs the tests */
  readonly node?: string;
}

export interface OwnSystem {
  readonly session: Session;
  readonly state: string;
  readonly stop: () => Promise<void>;
}

/** Returns a directory in memory if possible, because an engine waits for the disk after every write. */
export const fastDirectory = (prefix: string): string =>
  mkdtempSync(path.join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), prefix));

/** Starts a system beside the one of all engine tests. The helpers of `system.ts` then use this one. */
export async function startOwnSystem(options: OwnSystemOptions): Promise<OwnSystem> {
  const { assembly, flags = [], node } = options;
  const state = options.state ?? fastDirectory('scim-own-');
  const own = ['--port', '0', '--no-synth', '--assembly', assembly, '--state', state, '--index-lag', '0'];
  const patience = ['--timeout-factor', '20', '--redelivery-factor', String(REDELIVERY_FACTOR)];
  const host = await startHost([...own, ...patience, ...flags], { node });
  process.env[STATE_DIRECTORY_VARIABLE] = state;
  return {
    session: readSession(state),
    state,
    stop: async () => {
      await host.stop();
      if (options.state === undefined) rmSync(state, { recursive: true, force: true });
    },
  };
}
