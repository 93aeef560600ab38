const MIN_RETRY_DELAY_MS = 30_000;
const MAX_RETRY_DELAY_MS = 3_600_000;
const JITTER = 0.2;

/** A mail that fails is tried for so long, and then given up. */
export const RETRY_WINDOW_MS = 24 * 3_600_000;

/**
 * Milliseconds until the next try of a mail that has failed for `sinceMs`: as long again, so that the pauses double from half
 * a minute to an hour; up to a fifth more or less by `random` (0 to 1), so that what failed together does not meet again.
 */
export function retryDelay(sinceMs: number, random: number): number {
  const pause = Math.min(MAX_RETRY_DELAY_MS, Math.max(MIN_RETRY_DELAY_MS, sinceMs));
  return Math.round(pause * (1 - JITTER + 2 * JITTER * random));
}

/** So many mails in a row that SES fails to take are no accident. */
const FAILURES_BEFORE_PAUSE = 2;

/**
 * Remembers that SES fails: what comes meanwhile is not tried but made due later, so that a silent SES does not take its time of
 * every mail.
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

  /** When it ends; undefined where there is none. */
  end(now: Date): Date | undefined {
    return now.getTime() < this.until ? new Date(this.until) : undefined;
  }
}
