import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { STATE_DIRECTORY_VARIABLE } from './start-system';

/** Jest's global teardown. */
export default async function stopSystem(): Promise<void> {
  const system = globalThis.scimSystem;
  if (system && system.exitCode === null) {
    system.removeAllListeners('exit');
    system.kill('SIGTERM');
    await once(system, 'exit');
  }
  const state = process.env[STATE_DIRECTORY_VARIABLE];
  if (state) rmSync(state, { recursive: true, force: true });
}
