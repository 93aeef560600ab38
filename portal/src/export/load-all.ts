import type { PageLoader } from '../api/client/page-loader';
import { ApiProblem, isRetryable } from '../api/client/problem';

interface LoadAllOptions<T> {
  readonly load: PageLoader<T>;
  readonly signal: AbortSignal;
  /** Called with the number of rows after each page. */
  readonly onRows: (rows: number) => void;
  /** @default waits */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** The number of attempts for a page. A long export meets the rate limit, which ends within seconds. */
const ATTEMPTS = 6;

/**
 * Loads all pages of a list, one after the other. Throws if the signal is aborted, or if a page fails
 * repeatedly.
 */
export async function loadAll<T>({ load, signal, onRows, sleep = wait }: LoadAllOptions<T>): Promise<T[]> {
  const rows: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await withRetries(() => load(cursor, signal), signal, sleep);
    rows.push(...page.items);
    onRows(rows.length);
    cursor = page.next;
  } while (cursor !== undefined);
  return rows;
}

async function withRetries<T>(
  call: () => Promise<T>,
  signal: AbortSignal,
  sleep: (ms: number, signal: AbortSignal) => Promise<void>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    signal.throwIfAborted();
    try {
      return await call();
    } catch (error) {
      if (signal.aborted || !isRetryable(error) || attempt === ATTEMPTS) throw error;
      const seconds = error instanceof ApiProblem ? error.retryAfter : undefined;
      await sleep((seconds ?? 2 ** (attempt - 1)) * 1_000, signal);
    }
  }
}

const wait = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
