import { checkIamUsage, type Selection } from './check-iam-usage';
import { removeTemporaryDirectories } from './temporary-directories';

/** Jest's global teardown: stops the system, checks what it used, and removes the temporary directories. */
export default async function stopSystem(selection: Selection): Promise<void> {
  await globalThis.scimSystem?.stop();
  try {
    checkIamUsage(selection);
  } finally {
    removeTemporaryDirectories();
  }
}
