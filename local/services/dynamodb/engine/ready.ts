import type { Child } from '../../../host/children';
import { until } from '../../../host/until';
import type { EngineCall } from './call';

const START_TIMEOUT_MS = 60_000;

/** Waits until the engine responds. Throws as soon as its process ends. Stops the process if it fails. */
export async function ready(child: Child, call: EngineCall): Promise<void> {
  const responds = until('the DynamoDB engine to respond', START_TIMEOUT_MS, async () => {
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
