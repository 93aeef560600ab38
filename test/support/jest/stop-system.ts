import { once } from 'node:events';
import { removeTemporaryDirectories } from './temporary-directories';

/** Jest's global teardown: stops the system, and removes the temporary directories. */
export default async function stopSystem(): Promise<void> {
  const system = globalThis.scimSystem;
  if (system && system.exitCode === null && system.signalCode === null) {
    system.removeAllListeners('exit');
    system.kill('SIGTERM');
    await once(system, 'exit');
  }
  removeTemporaryDirectories();
}
