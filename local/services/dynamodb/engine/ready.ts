import type { Child } from '../../../host/processes/children';
import { HANG_LIMIT_MS, until } from '../../../host/processes/until';
import type { EngineCall } from './call';

/** Waits until the engine responds. Throws as soon as its process ends. Stops the process if it fails. */
export async function ready(child: Child, call: EngineCall): Promise<void> {
  const responds = until('the DynamoDB engine to respond', HANG_LIMIT_MS, async () => {
    await call('DynamoDB_20120810.ListTables', {});
    return true;
  });
  try {
    await Promise.race([responds, child.crashed]);
  } catch (error) {
    responds.catch(() => {});
    await child.stop();
    throw error;
  }
}
