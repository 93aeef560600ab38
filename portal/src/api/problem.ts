import type { Problem } from './schema';

/** What went wrong with a call of the admin API, as the user is told it. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    /** HTTP status; 0 where no answer came. */
    readonly status: number,
    readonly title: string,
    /** Says what to do. */
    readonly detail: string,
    readonly requestId?: string,
    /** Seconds to wait, of a 429. */
    readonly retryAfter?: number,
  ) {
    super(`${title}: ${detail}`);
  }

  static unreachable(): ApiProblem {
    return new ApiProblem(
      0,
      'The service cannot be reached',
      'Check your connection, then try again. Nothing was changed, or you will see it when the page is back.',
    );
  }

  /** Reads the problem out of an answer (RFC 9457); an answer of something in between has no readable body. */
  static async fromResponse(response: Response): Promise<ApiProblem> {
    const body = (await response.json().catch(() => undefined)) as Partial<Problem> | undefined;
    const retryAfter = Number(response.headers.get('retry-after')) || undefined;
    return new ApiProblem(
      response.status,
      body?.title ?? 'The service answered with an error',
      body?.detail ?? 'Try again in a minute. If it stays like this, tell whoever runs the service.',
      body?.requestId ?? response.headers.get('x-amzn-requestid') ?? undefined,
      retryAfter,
    );
  }
}

const MAX_RETRY_DELAY_MS = 5_000;

/** How many ms to wait before the call is sent again; undefined: longer than anybody looks at a page that loads. */
export function retryDelayMs(error: unknown, failures: number): number | undefined {
  const asked = error instanceof ApiProblem && error.retryAfter ? error.retryAfter * 1000 : undefined;
  const wait = asked ?? 500 * 2 ** failures;
  return wait > MAX_RETRY_DELAY_MS ? undefined : wait;
}

/** Whether the same call may succeed if it is sent again soon. */
export function isRetryable(error: unknown): boolean {
  return error instanceof ApiProblem && (error.status === 0 || error.status === 429 || error.status >= 500);
}
