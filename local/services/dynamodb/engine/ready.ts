import type { Child } from '../../../host/children';
import { until } from '../../../host/until';
import type { EngineCall } from './call';

const START_TIMEOUT_MS = 60_000;

/** Waits until the engine answers; rejects at once if its process ends. On failure the process is stopped. */
export async function ready(child: Child, call: EngineCall): Promise<void> {
  const answers = until('the DynamoDB engine to answer', START_TIMEOUT_MS, async () => {
    await call('DynamoDB_20120810.ListTables', {});
    return true;
  });
  try {
    await Promise.race([answers, child.crashed]);
  } catch (error) {
    answers.catch(() => {});
    await child.stop();
    throw error;
  }
}
