import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { ScimError } from '../../scim/error';
import type { TokenDecision, TokenIssuer } from '../../service/tokens/token-issuer';
import { countMetric, logger, reportFailure, startInvocation } from '../../telemetry';
import type { Clock } from '../chain/clock';
import { lowerCaseNames } from '../chain/request';
import { readClientProof } from './client-proof';
import { readForm } from './form';
import { TokenError } from './token-error';

export interface TokenDependencies {
  readonly issuer: Pick<TokenIssuer, 'issue'>;
  /** Records a refused request of a known client for the administrators of its domain. */
  readonly recordRefusal: (
    decision: Extract<TokenDecision, { kind: 'refused' }>,
    event: APIGatewayProxyEvent,
  ) => Promise<void>;
}

interface TokenResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: object;
  /** What the log says of the request. Never the form or the header Authorization, which contain secrets. */
  readonly fields: object;
}

/** Creates the handler of `POST /oauth2/token` (RFC 6749 §4.4). `wire` is called once, on the first request. */
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
  { issuer, recordRefusal }: TokenDependencies,
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
  const proof = readClientProof(form, authorization);
  const grantType = form.get('grant_type');
  if (grantType === undefined)
    throw TokenError.invalidRequest('Send the parameter grant_type=client_credentials.');
  if (grantType !== 'client_credentials') throw TokenError.unsupportedGrantType();
  const decision = await issuer.issue(proof, now);
  const { client } = decision;
  const fields = { ...client, decision: decision.kind, method: event.httpMethod, way: proof.kind };
  switch (decision.kind) {
    case 'issued': {
      const { accessToken, expiresIn } = decision;
      const body = { access_token: accessToken, token_type: 'Bearer', expires_in: expiresIn };
      return { status: 200, body, fields };
    }
    case 'limited':
      countMetric('TokensLimited');
      return errorResponse(TokenError.tooManyRequests(decision.retryAfterSeconds), fields);
    case 'refused':
      await recordRefusal(decision, event);
      countMetric('TokensRefused');
      return errorResponse(TokenError.invalidClient(INVALID_CLIENT, authorization !== undefined), {
        ...fields,
        check: decision.check,
      });
  }
}

/** Outsiders do not learn which check failed. Administrators see it in the audit log. */
const INVALID_CLIENT =
  'The client is unknown, or its secret or assertion is not valid. The audit log of the domain says which check failed.';

/** Converts every error. The stores throw a `ScimError` if the client should try again later. */
function toTokenError(error: unknown, requestId: string): TokenError {
  if (error instanceof TokenError) return error;
  if (error instanceof ScimError && error.status === 503)
    return TokenError.unavailable(Number(error.headers?.['retry-after'] ?? 1));
  reportFailure(error);
  return TokenError.internal(requestId);
}

const errorResponse = (
  { status, headers, code, description }: TokenError,
  fields: object = {},
): TokenResponse => ({
  status,
  headers,
  body: { error: code, error_description: description },
  fields: { ...fields, error: code },
});
