import { t } from './messages';
import type { Problem } from '../schema';

/** A failed call of the admin API, with texts for the user. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    /** The HTTP status; 0 if there was no response. */
    readonly status: number,
    readonly title: string,
    /** The text that says what to do. */
    readonly detail: string,
    readonly requestId?: string,
    /** The seconds to wait after a 429. */
    readonly retryAfter?: number,
    /** The member of the body whose value must change. */
    readonly field?: string,
    /** If true, the portal wrote the texts, in the language of the page. The service writes English. */
    readonly isOwnText = false,
  ) {
    super(`${title}: ${detail}`);
  }

  /** Creates a problem with texts of the portal. */
  static own(status: number, title: string, detail: string): ApiProblem {
    return new ApiProblem(status, title, detail, undefined, undefined, undefined, true);
  }

  static unreachable(): ApiProblem {
    return ApiProblem.own(0, t('serviceUnreachable'), t('checkConnection'));
  }

  /** Reads the problem details (RFC 9457) of a response. A response of a proxy may have no readable body. */
  static async fromResponse(response: Response): Promise<ApiProblem> {
    const body = (await response.json().catch(() => undefined)) as Partial<Problem> | undefined;
    const retryAfter = Number(response.headers.get('retry-after')) || undefined;
    return new ApiProblem(
      response.status,
      body?.title ?? t('serviceError'),
      body?.detail ?? t('tryAgainLater'),
      body?.requestId ?? response.headers.get('x-amzn-requestid') ?? undefined,
      retryAfter,
      body?.field,
      body?.detail === undefined,
    );
  }
}

/** Returns what is wrong with a member of the body; undefined if the error is about something else. */
export const fieldError = (error: unknown, field: string): string | undefined =>
  error instanceof ApiProblem && error.field === field ? error.detail : undefined;

const MAX_RETRY_DELAY_MS = 5_000;

/**
 * Returns the ms to wait before a retry; undefined if that is too long for somebody who waits for the page.
 */
export function retryDelayMs(error: unknown, failures: number): number | undefined {
  const requested = error instanceof ApiProblem && error.retryAfter ? error.retryAfter * 1000 : undefined;
  const wait = requested ?? 500 * 2 ** failures;
  return wait > MAX_RETRY_DELAY_MS ? undefined : wait;
}

/** Returns whether a retry of the call may succeed soon. */
export function isRetryable(error: unknown): boolean {
  return error instanceof ApiProblem && (error.status === 0 || error.status === 429 || error.status >= 500);
}
