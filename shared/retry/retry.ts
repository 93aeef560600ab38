import { backoff } from './backoff';
import { isTransientError } from './transient-error';

/** The time for which transient errors are retried, in milliseconds. */
const RETRY_WINDOW_MS = 3_000;

export interface RetryOptions {
  /** The time for which errors are retried, in milliseconds. The default is `RETRY_WINDOW_MS`. */
  readonly windowMs?: number;
  /** The end of the caller's own time, in milliseconds since the epoch: no attempt begins after it. */
  readonly deadline?: number;
  /** Returns whether the request is sent again after this error. The default is `isTransientError`. */
  readonly isRetryable?: (error: unknown) => boolean;
  /** Returns whether an error is retried until `deadline`, however long that is. The default is false. */
  readonly outlastsWindow?: (error: unknown) => boolean;
}

/**
 * Calls `send` until it succeeds, with pauses that grow. Throws its last error if all attempts have failed
 * for the time of the window, which begins when the first one fails. So an attempt that ends by a timeout
 * does not use up the window.
 */
export async function retry<T>(
  send: () => Promise<T>,
  {
    windowMs = RETRY_WINDOW_MS,
    deadline = Infinity,
    isRetryable = isTransientError,
    outlastsWindow = () => false,
  }: RetryOptions = {},
): Promise<T> {
  /**
   * The attempts in a row that failed with an error of the window, and the time at which the first one
   * failed.
   */
  let failures = 0;
  let failingSince = 0;
  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      failures = outlastsWindow(error) ? 0 : failures + 1;
      const now = Date.now();
      if (failures <= 1) failingSince = now;
      const isWindowOver = failures > 1 && now - failingSince > windowMs;
      if (!isRetryable(error) || now > deadline || isWindowOver) throw error;
    }
    await backoff(attempt);
  }
}
