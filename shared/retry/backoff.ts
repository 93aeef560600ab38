const BASE_DELAY_MS = 20;
const MAX_DELAY_MS = 1_000;

/**
 * Waits before attempt number `attempt + 1`. The delay has full jitter, so that two requests that met do not
 * meet again. Delays grow until fifty requests for one item each find a gap, because a failed attempt costs
 * as much as a successful one.
 */
export function backoff(attempt: number): Promise<void> {
  const longest = Math.min(MAX_DELAY_MS, BASE_DELAY_MS * 2 ** attempt);
  return pause(Math.random() * longest);
}

/** Waits for some milliseconds. */
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
