import type { Session } from '../../../local/product/session';
import { readSession, startHost } from '../system/host-process';

export interface RunningStage {
  readonly session: Session;
  readonly stop: () => Promise<void>;
}

/**
 * Runs `npm start -- --stage <stage>` with a directory of its own. Rejects with what it printed if it does
 * not start.
 */
export async function startStage(
  stage: string,
  state: string,
  flags: readonly string[] = [],
): Promise<RunningStage> {
  const own = ['--stage', stage, '--port', '0', '--state', state, '--timeout-factor', '20'];
  const host = await startHost([...own, ...flags]);
  return { session: readSession(state), stop: () => host.stop() };
}
