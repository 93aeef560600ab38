import { setTimeout as sleep } from 'node:timers/promises';
import { InvocationThrottled } from './function-error';
import type { InvocationTarget } from './invocation-target';

/**
 * Shorter than in AWS, where Lambda waits one second before the first retry, and up to five minutes later.
 */
const FIRST_RETRY_MS = 100;
const MAX_RETRY_MS = 5_000;

export interface QueuedEvent {
  readonly event: object;
  readonly requestId?: string;
  /** The age in milliseconds at which Lambda drops the event. */
  readonly maximumAgeMs: number;
  readonly isStopping: () => boolean;
}

/**
 * Invokes a function, and returns an event to its queue as long as Lambda throttles the function. These
 * retries do not count as attempts. Throws `InvocationThrottled` if the event becomes too old, or the error
 * of the function.
 */
export async function invokeWhenFree(
  lambda: InvocationTarget,
  { event, requestId, maximumAgeMs, isStopping }: QueuedEvent,
): Promise<void> {
  const end = Date.now() + maximumAgeMs;
  for (let pause = FIRST_RETRY_MS; ; pause = Math.min(pause * 2, MAX_RETRY_MS)) {
    try {
      await lambda.invoke(event, requestId);
      return;
    } catch (error) {
      if (!(error instanceof InvocationThrottled) || isStopping() || Date.now() + pause > end) throw error;
    }
    await sleep(pause, undefined, { ref: false });
  }
}
