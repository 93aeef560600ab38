import { once } from 'node:events';
import { checkIamUsage, type Selection } from './check-iam-usage';
import { removeTemporaryDirectories } from './temporary-directories';

/** Jest's global teardown: stops the system, checks what it used, and removes the temporary directories. */
export default async function stopSystem(selection: Selection): Promise<void> {
  const system = globalThis.scimSystem;
  if (system && system.exitCode === null && system.signalCode === null) {
    system.removeAllListeners('exit');
    system.kill('SIGTERM');
    await once(system, 'exit');
  }
  try {
    checkIamUsage(selection);
  } finally {
    removeTemporaryDirectories();
  }
}
