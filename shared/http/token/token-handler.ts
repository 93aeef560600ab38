import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { ScimError } from '../../scim/error';
import { SCOPE } from '../../credentials/oauth-paths';
import { isTransientError } from '../../retry/transient-error';
import type { ClientProof, TokenIssuer, TokenRefusal } from '../../service/tokens/token-issuer';
import { TOKENS_PER_MINUTE } from '../../store/limits/token-counter';
import { countMetric, logger, reportFailure, startInvocation } from '../../logging/telemetry';
import type { Clock } from '../chain/clock';
import { lowerCaseNames } from '../chain/request';
import { readClientId, readClientProof } from './client-proof';
import { type Form, readForm } from './form';
import { TokenError } from './token-error';

export interface TokenDependencies {
  readonly issuer: Pick<TokenIssuer, 'issue' | 'refusalOf'>;
  /**
   * Records a refused request of a known client for the administrators of its domain. `status` is that of the
   * response.
   */
  readonly recordRefusal: (
    refusal: TokenRefusal,
    status: number,
    event: APIGatewayProxyEvent,
  ) => Promise<void>;
}

interface TokenResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: object;
  /**
   * The fields of the request in the log. Never the form or the header Authorization, which contain secrets.
   */
  readonly fields: object;
}

/**
 * Creates the handler of `POST /oauth2/token` (RFC 6749 §4.4). `wire` is called once, on the first request.
 */
export function tokenHandler(wire: () => TokenDependencies, now: Clock) {
  let dependencies: TokenDependencies | undefined;
  const respond = async (event: APIGatewayProxyEvent): Promise<TokenResponse> => {
    try {
      return await tokenResponse(event, (dependencies ??= wire()), new Date(now()));
    } catch (error) {
      return errorResponse(toTokenError(error, event.requestContext.requestId));
    }
  };
  return async (event: APIGatewayProxyEvent, context: Context): Promise<APIGatewayProxyResult> => {
    const { requestId } = event.requestContext;
    const cost = startInvocation(context, { requestId });
    const { status, headers, body, fields } = await respond(event);
    logger.info('token', { requestId, method: event.httpMethod, status, ...fields, ...cost() });
    return {
      statusCode: status,
      headers: {
        'content-type': 'application/json',
        'cache-control': 'no-store',
        pragma: 'no-cache',
        'x-request-id': requestId,
        ...headers,
      },
      body: JSON.stringify(body),
    };
  };
}

async function tokenResponse(
  event: APIGatewayProxyEvent,
  dependencies: TokenDependencies,
  now: Date,
): Promise<TokenResponse> {
  if (event.httpMethod !== 'POST') throw TokenError.methodNotAllowed(event.httpMethod);
  if (Object.keys(event.queryStringParameters ?? {}).length > 0)
    throw TokenError.invalidRequest(
      'The URL has parameters. Send them in the body, because URLs are logged.',
    );
  const headers = lowerCaseNames(event.headers);
  const form = readForm(event.body ?? '', event.isBase64Encoded, headers['content-type']);
  const { authorization } = headers;
  const { issuer, recordRefusal } = dependencies;
  /** Records a refusal for another reason than the credential. The response does not depend on it. */
  const record = async (check: string, reason: string, status: number): Promise<void> => {
    const clientId = readClientId(form, authorization);
    if (clientId === undefined) return;
    await issuer
      .refusalOf(clientId, check, reason)
      .then((refusal) => recordRefusal(refusal, status, event))
      .catch(reportFailure);
  };
  let proof: ClientProof;
  try {
    proof = readProof(form, authorization);
  } catch (error) {
    if (error instanceof TokenError) await record('request', error.description, error.status);
    throw error;
  }
  const decision = await issuer.issue(proof, now);
  const { client } = decision;
  const fields = { ...client, decision: decision.kind, method: event.httpMethod, way: proof.kind };
  switch (decision.kind) {
    case 'issued': {
      const { accessToken, expiresIn } = decision;
      const body = { access_token: accessToken, token_type: 'Bearer', expires_in: expiresIn, scope: SCOPE };
      return { status: 200, body, fields };
    }
    case 'limited': {
      countMetric('TokensLimited');
      const error = TokenError.tooManyRequests(decision.retryAfterSeconds);
      await record('limit', TOO_MANY, error.status);
      return errorResponse(error, fields);
    }
    case 'refused':
      await recordRefusal(decision, UNAUTHORIZED, event);
      countMetric('TokensRefused');
      return errorResponse(TokenError.invalidClient(INVALID_CLIENT, authorization !== undefined), {
        ...fields,
        check: decision.check,
      });
  }
}

/** Reads how the client authenticates, and checks that the request is for an access token. */
function readProof(form: Form, authorization: string | undefined): ClientProof {
  const proof = readClientProof(form, authorization);
  const grantType = form.get('grant_type');
  if (grantType === undefined)
    throw TokenError.invalidRequest('Send the parameter grant_type=client_credentials.');
  if (grantType !== 'client_credentials') throw TokenError.unsupportedGrantType();
  return proof;
}

const UNAUTHORIZED = 401;

const TOO_MANY =
  `The client requested more than ${TOKENS_PER_MINUTE} access tokens in a minute. ` +
  'Use each one until it expires.';

/** Outsiders do not learn which check failed. Administrators see it in the audit log. */
const INVALID_CLIENT =
  'The client is unknown, or its secret or assertion is not valid. The audit log of the domain says which check failed.';

/** Converts every error: 503 for a busy table, and 500 for every other one that the client did not cause. */
function toTokenError(error: unknown, requestId: string): TokenError {
  if (error instanceof TokenError) return error;
  if (error instanceof ScimError && error.status === 503)
    return TokenError.unavailable(Number(error.headers?.['retry-after'] ?? RETRY_AFTER_SECONDS));
  reportFailure(error);
  return isTransientError(error)
    ? TokenError.unavailable(RETRY_AFTER_SECONDS)
    : TokenError.internal(requestId);
}

const RETRY_AFTER_SECONDS = 1;

const errorResponse = (
  { status, headers, code, description }: TokenError,
  fields: object = {},
): TokenResponse => ({
  status,
  headers,
  body: { error: code, error_description: description },
  fields: { ...fields, error: code },
});
