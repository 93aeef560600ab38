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
 * Calls `send` until it succeeds, with pauses that grow. Throws its last error after the window. An
 * attempt that takes longer than this window is still followed by a second one.
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
  const windowEnd = Date.now() + windowMs;
  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      const now = Date.now();
      const isWindowOver = attempt > 1 && now > windowEnd && !outlastsWindow(error);
      if (!isRetryable(error) || now > deadline || isWindowOver) throw error;
    }
    await backoff(attempt);
  }
}
