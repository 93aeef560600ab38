import { AdminError, type AdminProblem } from '../../service/admin/admin-error';
import { FAILURE_RETRY_AFTER_SECONDS, ScimError } from '../../scim/error';
import { isTransientError } from '../../retry/transient-error';

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** The `title` of each status. */
const TITLES: Readonly<Record<number, string>> = {
  400: 'The request is not valid',
  401: 'No valid credential',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Not possible in this state',
  413: 'Too large',
  415: 'Wrong media type',
  429: 'Too many requests',
  500: 'The service failed',
  503: 'The service is busy',
};

/** The body of an error of the admin API (RFC 9457). */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** Says what to change. */
  readonly detail: string;
  readonly requestId: string;
  /** The member of the body whose value must change. */
  readonly field?: string;
}

/** An error of the admin API. Only the named constructors create one. */
export class Problem extends Error {
  override readonly name = 'Problem';

  private constructor(
    readonly status: number,
    readonly detail: string,
    readonly headers: Readonly<Record<string, string>> = {},
    readonly field?: string,
  ) {
    super(detail);
  }

  static invalid = (detail: string): Problem => new Problem(400, detail);
  static unauthorized = (detail: string): Problem => new Problem(401, detail);
  static forbidden = (detail: string): Problem => new Problem(403, detail);
  static notFound = (detail: string): Problem => new Problem(404, detail);
  static unsupportedMediaType = (detail: string): Problem => new Problem(415, detail);

  static methodNotAllowed(method: string, allowed: readonly string[]): Problem {
    const allow = allowed.join(', ');
    return new Problem(405, `${method} is not allowed on this resource. Allowed methods: ${allow}.`, {
      allow,
    });
  }

  /** Converts every error to a problem. `onUnknown` receives the errors that the client did not cause. */
  static from(error: unknown, requestId: string, onUnknown: (error: unknown) => void): Problem {
    if (error instanceof Problem) return error;
    if (error instanceof AdminError)
      return new Problem(STATUS_OF[error.problem], error.message, retryAfter(error), error.field);
    if (error instanceof ScimError) return new Problem(error.status, error.detail, error.headers);
    onUnknown(error);
    return isTransientError(error)
      ? new Problem(503, 'The service is busy. Send the request again.', { 'retry-after': '1' })
      : new Problem(
          500,
          'The service failed. Send the request again. If it fails again, ' +
            `give the request id ${requestId} to the operator.`,
          { 'retry-after': String(FAILURE_RETRY_AFTER_SECONDS) },
        );
  }

  body(requestId: string): ProblemBody {
    const title = TITLES[this.status] ?? 'The request failed';
    const { status, detail, field } = this;
    return { type: 'about:blank', title, status, detail, requestId, ...(field !== undefined && { field }) };
  }
}

const STATUS_OF: Readonly<Record<AdminProblem, number>> = {
  invalid: 400,
  notFound: 404,
  conflict: 409,
  tooSoon: 429,
};

const retryAfter = ({ retryAfterSeconds }: AdminError): Record<string, string> =>
  retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
