import type { TokenErrorCode } from '../../credentials/token-error-code';
import { pluralize } from '../../pluralize';

/** An error of the token endpoint. Its description says what to change. */
export class TokenError extends Error {
  override readonly name = 'TokenError';

  private constructor(
    readonly status: number,
    readonly code: TokenErrorCode,
    readonly description: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(description);
  }

  static invalidRequest(description: string): TokenError {
    return new TokenError(400, 'invalid_request', description);
  }

  static unsupportedGrantType(): TokenError {
    return new TokenError(
      400,
      'unsupported_grant_type',
      'Send grant_type=client_credentials. It is the only one.',
    );
  }

  static methodNotAllowed(method: string): TokenError {
    const description = `${method} is not allowed on this resource. Send a POST with a form as its body.`;
    return new TokenError(405, 'invalid_request', description, { allow: 'POST' });
  }

  /** RFC 6749 requires the challenge if the client used the header Authorization. */
  static invalidClient(description: string, usedHeader: boolean): TokenError {
    const challenge = { 'www-authenticate': 'Basic realm="SCIM", charset="UTF-8"' };
    return new TokenError(401, 'invalid_client', description, usedHeader ? challenge : {});
  }

  static tooManyRequests(retryAfterSeconds: number): TokenError {
    const description =
      `The client requested too many access tokens. Use each one until it expires, and try again in ` +
      `${pluralize(retryAfterSeconds, 'second')}.`;
    return new TokenError(429, 'temporarily_unavailable', description, {
      'retry-after': String(retryAfterSeconds),
    });
  }

  static unavailable(retryAfterSeconds: number): TokenError {
    const description = `The service is busy. Send the request again in ${pluralize(retryAfterSeconds, 'second')}.`;
    return new TokenError(503, 'temporarily_unavailable', description, {
      'retry-after': String(retryAfterSeconds),
    });
  }

  static internal(requestId: string): TokenError {
    const description = `The service failed. Send the request again later; quote the id ${requestId}.`;
    return new TokenError(500, 'server_error', description);
  }
}
