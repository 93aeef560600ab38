const BASE_DELAY_MS = 20;
const MAX_DELAY_MS = 1_000;

/**
 * Waits before try number `attempt + 1`. Full jitter: what met once must not meet again. The pauses grow to what fifty requests
 * for one item need to find a gap each: every try that fails costs capacity like one that does not.
 */
export function backoff(attempt: number): Promise<void> {
  const longest = Math.min(MAX_DELAY_MS, BASE_DELAY_MS * 2 ** attempt);
  return new Promise((resolve) => setTimeout(resolve, Math.random() * longest));
}
