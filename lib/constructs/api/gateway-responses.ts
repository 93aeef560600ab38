import { type IRestApi, ResponseType } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { INVALID_KEY_DETAIL } from '../../../shared/authorization';
import type { RatePlans } from '../../../shared/rate-plan';
import { BEARER_CHALLENGE } from '../../../shared/scim/error';
import { ERROR_MESSAGE } from '../../../shared/scim/urns';
import { addGatewayResponse } from '../common/gateway-response';
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
      'The authentication domain of this SCIM key is on no rate plan. Ask the operator to put it on one.',
  },
  // API Gateway's name for an unknown path.
  {
    type: ResponseType.MISSING_AUTHENTICATION_TOKEN,
    status: 404,
    detail: 'There is nothing at this path. The base URL ends in /scim/v2, followed by /Users or /Groups.',
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
    detail: 'The request body could not be read: send a JSON object.',
  },
  {
    type: ResponseType.REQUEST_TOO_LARGE,
    status: 413,
    detail: 'The request is too large: send at most 10 MB, and many members in several requests.',
  },
  {
    type: ResponseType.UNSUPPORTED_MEDIA_TYPE,
    status: 415,
    detail: 'Send the request body as application/scim+json or application/json.',
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

export interface GatewayResponsesProps {
  readonly api: IRestApi;
  readonly ratePlans: RatePlans;
}

/** Turns every response of API Gateway itself into a SCIM error (RFC 7644 §3.12). */
export class GatewayResponses extends Construct {
  public constructor(scope: Construct, id: string, props: GatewayResponsesProps) {
    super(scope, id);
    for (const { scimType, detail, ...response } of gatewayResponses(maxRetryAfterSeconds(props.ratePlans))) {
      const status = String(response.status);
      const body = { schemas: [ERROR_MESSAGE], status, scimType, detail };
      addGatewayResponse(this, props.api, { ...response, contentType: 'application/scim+json', body });
    }
  }
}
