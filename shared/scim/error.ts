import { ERROR_MESSAGE } from './urns';

/** The value of the header `WWW-Authenticate` of a 401 (RFC 6750 §3). */
export const BEARER_CHALLENGE = 'Bearer realm="scim"';

/** The detail keywords of RFC 7644 §3.12, table 9, and of RFC 9865 §2.1. */
export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue'
  | 'invalidVers'
  | 'sensitive'
  | 'invalidCursor'
  | 'expiredCursor'
  | 'invalidCount';

/** The error body of RFC 7644 §3.12: `status` is a string. */
export interface ScimErrorBody {
  schemas: [typeof ERROR_MESSAGE];
  status: string;
  scimType?: ScimType;
  detail: string;
}

/** The seconds after which a client may repeat a request that failed because of the service. */
export const FAILURE_RETRY_AFTER_SECONDS = 5;

/**
 * An error response to the client. Only the named constructors create one, and they fix `status` and
 * `scimType`. Administrators of identity providers read `detail`: it says what happened, why, and what to do.
 */
export class ScimError extends Error {
  override readonly name = 'ScimError';

  private constructor(
    readonly status: number,
    readonly detail: string,
    readonly scimType?: ScimType,
    /** Response headers that belong to this error, e.g. `Allow`, `Retry-After`. */
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
  }

  /** The response body. */
  get body(): ScimErrorBody {
    return {
      schemas: [ERROR_MESSAGE],
      status: String(this.status),
      ...(this.scimType && { scimType: this.scimType }),
      detail: this.detail,
    };
  }

  /** The whole seconds after which the request may be sent again; undefined if it must be changed first. */
  get retryAfter(): number | undefined {
    const seconds = this.headers['retry-after'];
    return seconds === undefined ? undefined : Number(seconds);
  }

  static invalidFilter(detail: string): ScimError {
    return new ScimError(400, detail, 'invalidFilter');
  }

  static tooMany(detail: string): ScimError {
    return new ScimError(400, detail, 'tooMany');
  }

  static invalidSyntax(detail: string): ScimError {
    return new ScimError(400, detail, 'invalidSyntax');
  }

  static invalidPath(detail: string): ScimError {
    return new ScimError(400, detail, 'invalidPath');
  }

  static noTarget(detail: string): ScimError {
    return new ScimError(400, detail, 'noTarget');
  }

  static invalidValue(detail: string): ScimError {
    return new ScimError(400, detail, 'invalidValue');
  }

  static invalidCursor(detail: string): ScimError {
    return new ScimError(400, detail, 'invalidCursor');
  }

  static expiredCursor(detail: string): ScimError {
    return new ScimError(400, detail, 'expiredCursor');
  }

  static invalidCount(detail: string): ScimError {
    return new ScimError(400, detail, 'invalidCount');
  }

  static mutability(detail: string): ScimError {
    return new ScimError(400, detail, 'mutability');
  }

  static uniqueness(detail: string): ScimError {
    return new ScimError(409, detail, 'uniqueness');
  }

  /**
   * Creates a 401. API Gateway passes on the challenge of a function as `x-amzn-remapped-www-authenticate`.
   */
  static unauthorized(detail: string): ScimError {
    return new ScimError(401, detail, undefined, { 'www-authenticate': BEARER_CHALLENGE });
  }

  static forbidden(detail: string): ScimError {
    return new ScimError(403, detail);
  }

  static notFound(detail: string): ScimError {
    return new ScimError(404, detail);
  }

  /** Creates a 405. `allow` lists the methods that the resource supports, e.g. `['GET', 'POST']`. */
  static methodNotAllowed(method: string, allow: readonly string[]): ScimError {
    const allowed = allow.join(', ');
    const detail = `${method} is not allowed on this resource. Allowed methods: ${allowed}.`;
    return new ScimError(405, detail, undefined, { allow: allowed });
  }

  static preconditionFailed(detail: string): ScimError {
    return new ScimError(412, detail);
  }

  static payloadTooLarge(detail: string): ScimError {
    return new ScimError(413, detail);
  }

  static unsupportedMediaType(detail: string): ScimError {
    return new ScimError(415, detail);
  }

  /** Creates a 429. `retryAfter` is in whole seconds. */
  static tooManyRequests(detail: string, retryAfter: number): ScimError {
    return new ScimError(429, detail, undefined, { 'retry-after': String(retryAfter) });
  }

  /** Creates a 500 without a cause: the cause goes to the log, under the request ID. */
  static internal(requestId: string): ScimError {
    return new ScimError(
      500,
      'The request failed because of an internal error. ' +
        `Contact support and quote the request ID ${requestId}.`,
      undefined,
      { 'retry-after': String(FAILURE_RETRY_AFTER_SECONDS) },
    );
  }

  static notImplemented(detail: string): ScimError {
    return new ScimError(501, detail);
  }

  /** Creates a 503. `retryAfter` is in whole seconds. */
  static unavailable(detail: string, retryAfter: number): ScimError {
    return new ScimError(503, detail, undefined, { 'retry-after': String(retryAfter) });
  }
}
