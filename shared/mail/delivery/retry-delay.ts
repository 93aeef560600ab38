const MIN_RETRY_DELAY_MS = 30_000;
/** SES counts its rate by the second. */
const MIN_THROTTLED_DELAY_MS = 1_000;
const MAX_RETRY_DELAY_MS = 3_600_000;
const JITTER = 0.2;

/** The time for which a failing email is retried. */
export const RETRY_WINDOW_MS = 24 * 3_600_000;

/**
 * Returns the milliseconds until the next attempt to send an email that has failed for `sinceMs`
 * milliseconds. The pause equals `sinceMs`, so that the pauses double from half a minute to an hour; from a
 * second if only the rate of SES was reached. `random` (0 to 1) varies it by up to 20 %, so that emails which
 * failed together are not retried together.
 */
export function retryDelay(sinceMs: number, random: number, isThrottled = false): number {
  const shortest = isThrottled ? MIN_THROTTLED_DELAY_MS : MIN_RETRY_DELAY_MS;
  const pause = Math.min(MAX_RETRY_DELAY_MS, Math.max(shortest, sinceMs));
  return Math.round(pause * (1 - JITTER + 2 * JITTER * random));
}

/** The number of failures in a row after which SES is considered unavailable. */
const FAILURES_BEFORE_PAUSE = 2;

/**
 * Tracks an outage of SES. During the pause, emails are made due later instead of being sent, so that they do
 * not each wait for a timeout of SES.
 */
export class SendPause {
  private failures = 0;
  private until = 0;

  recordFailure(now: Date): void {
    if (++this.failures >= FAILURES_BEFORE_PAUSE) this.until = now.getTime() + MIN_RETRY_DELAY_MS;
  }

  recordSuccess(): void {
    this.failures = 0;
  }

  /** Returns the end of the current pause, or undefined if there is none. */
  end(now: Date): Date | undefined {
    return now.getTime() < this.until ? new Date(this.until) : undefined;
  }
}
