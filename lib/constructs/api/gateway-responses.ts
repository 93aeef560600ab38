import { type IRestApi, ResponseType } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { INVALID_KEY_DETAIL } from '../../../shared/credentials/authorization';
import type { RatePlans } from '../../../shared/limits/rate-plan';
import { BEARER_CHALLENGE } from '../../../shared/scim/error';
import type { TokenErrorCode } from '../../../shared/credentials/token-error-code';
import { ERROR_MESSAGE } from '../../../shared/scim/urns';
import { addGatewayResponse } from '../gateway/gateway-response';
import { maxRetryAfterSeconds } from './rate-shield';

interface ScimGatewayResponse {
  readonly type: ResponseType;
  readonly status: number;
  readonly scimType?: string;
  /**
   * May contain variables of API Gateway, `$context.…`. API Gateway does not escape their values, so use only
   * variables whose values the service sets.
   */
  readonly detail: string;
  readonly headers?: Readonly<Record<string, string>>;
}

// A period directly after a variable would be read as part of its name.
const INTERNAL_DETAIL =
  'The service failed. Send the request again; if it fails again, give the operator the id $context.requestId of the request.';

/**
 * Returns the responses of API Gateway itself. The body repeats the status, which API Gateway cannot insert.
 * `retryAfterSeconds` is a whole number.
 */
const gatewayResponses = (retryAfterSeconds: number): readonly ScimGatewayResponse[] => [
  {
    type: ResponseType.UNAUTHORIZED,
    status: 401,
    detail: INVALID_KEY_DETAIL,
    headers: { 'WWW-Authenticate': BEARER_CHALLENGE },
  },
  // The authorizer sets the reason. It is one of the service's own sentences, never text from a client.
  { type: ResponseType.ACCESS_DENIED, status: 403, detail: '$context.authorizer.reason' },
  {
    type: ResponseType.INVALID_API_KEY,
    status: 403,
    detail:
      'The authentication domain of this credential, or the token endpoint, is on no rate plan. Ask the operator to put ' +
      'it on one.',
  },
  // API Gateway's name for an unknown path.
  {
    type: ResponseType.MISSING_AUTHENTICATION_TOKEN,
    status: 404,
    detail:
      'There is nothing at this path. The base URL ends in /scim/v2, followed by /Users or /Groups; the token endpoint is ' +
      '/scim/oauth2/token.',
  },
  { type: ResponseType.RESOURCE_NOT_FOUND, status: 404, detail: 'There is nothing at this path.' },
  {
    type: ResponseType.BAD_REQUEST_PARAMETERS,
    status: 400,
    scimType: 'invalidValue',
    detail: 'A parameter of the request is missing or malformed: correct the query string and the headers.',
  },
  {
    type: ResponseType.BAD_REQUEST_BODY,
    status: 400,
    scimType: 'invalidSyntax',
    detail: 'The request body could not be read: send a JSON object, or a form to the token endpoint.',
  },
  {
    type: ResponseType.REQUEST_TOO_LARGE,
    status: 413,
    detail: 'The request is too large: send at most 4.7 million bytes, and many members in several requests.',
  },
  {
    type: ResponseType.UNSUPPORTED_MEDIA_TYPE,
    status: 415,
    detail:
      'Send the request body as application/scim+json or application/json, and to the token endpoint as ' +
      'application/x-www-form-urlencoded.',
  },
  {
    type: ResponseType.THROTTLED,
    status: 429,
    detail: 'Too many requests: wait as many seconds as Retry-After says.',
    headers: {
      'Retry-After': String(retryAfterSeconds),
      RateLimit: `"gateway";r=0;t=${retryAfterSeconds}`,
      'X-RateLimit-Remaining': '0',
      'X-RateLimit-Reset': String(retryAfterSeconds),
    },
  },
  {
    type: ResponseType.QUOTA_EXCEEDED,
    status: 429,
    detail: 'The quota of requests is used up: wait as many seconds as Retry-After says.',
    headers: { 'Retry-After': '3600' },
  },
  {
    type: ResponseType.WAF_FILTERED,
    status: 403,
    detail: 'A firewall rule of this deployment blocked the request: ask the operator to allow it.',
  },
  { type: ResponseType.API_CONFIGURATION_ERROR, status: 500, detail: INTERNAL_DETAIL },
  { type: ResponseType.AUTHORIZER_CONFIGURATION_ERROR, status: 500, detail: INTERNAL_DETAIL },
  { type: ResponseType.AUTHORIZER_FAILURE, status: 500, detail: INTERNAL_DETAIL },
  { type: ResponseType.INTEGRATION_FAILURE, status: 502, detail: INTERNAL_DETAIL },
  {
    type: ResponseType.INTEGRATION_TIMEOUT,
    status: 504,
    detail:
      'The request took longer than 29 seconds and may have succeeded: read the resource before you repeat it.',
  },
  {
    type: ResponseType.DEFAULT_4XX,
    status: 400,
    detail:
      'The request could not be processed: compare its method, path, headers and body with the documentation.',
  },
  { type: ResponseType.DEFAULT_5XX, status: 500, detail: INTERNAL_DETAIL },
];

/** Responses that only credentials of SCIM cause. The authorizer of the token endpoint refuses nobody. */
const SCIM_ONLY: readonly ResponseType[] = [ResponseType.UNAUTHORIZED, ResponseType.ACCESS_DENIED];

/** Returns the error code of OAuth for a status (RFC 6749 §4.1.2.1 and §5.2). */
function oauthCode(status: number): TokenErrorCode {
  if (status === 403) return 'access_denied';
  if (status === 429 || status === 504) return 'temporarily_unavailable';
  return status >= 500 ? 'server_error' : 'invalid_request';
}

/**
 * Returns the members of an OAuth error. API Gateway has one response for all paths, so SCIM clients get
 * these members too, and ignore them.
 */
const oauthMembers = ({ type, status, detail }: ScimGatewayResponse): object =>
  SCIM_ONLY.includes(type) ? {} : { error: oauthCode(status), error_description: detail };

export interface GatewayResponsesProps {
  readonly api: IRestApi;
  readonly ratePlans: RatePlans;
}

/**
 * Turns every response of API Gateway itself into a SCIM error (RFC 7644 §3.12). For the clients of the token
 * endpoint, it is an OAuth error too.
 */
export class GatewayResponses extends Construct {
  public constructor(scope: Construct, id: string, props: GatewayResponsesProps) {
    super(scope, id);
    for (const each of gatewayResponses(maxRetryAfterSeconds(props.ratePlans))) {
      const { scimType, detail, ...response } = each;
      const error = { schemas: [ERROR_MESSAGE], status: String(response.status), scimType, detail };
      const body = { ...error, ...oauthMembers(each) };
      addGatewayResponse(this, props.api, { ...response, contentType: 'application/scim+json', body });
    }
  }
}
