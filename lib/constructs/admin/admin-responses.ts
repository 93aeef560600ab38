import { type IRestApi, ResponseType } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { addGatewayResponse } from '../gateway/gateway-response';

// A period directly after a variable would be read as part of its name.
const INTERNAL_DETAIL =
  'The service failed. Send the request again; if it fails again, give the operator the id $context.requestId of the request.';
const NOT_FOUND_DETAIL = 'There is nothing at this path. /admin/v1/openapi.json describes what there is.';
const CREDENTIAL_DETAIL =
  'Sign in to the portal again, or send the admin token in the header "Authorization: Bearer scim_admin_…".';
const THROTTLED_DETAIL = 'Too many requests: wait as many seconds as Retry-After says.';
/** The authorizer denies only tokens without a role. */
const NO_ROLE_TITLE = 'No role';
const NO_ROLE_DETAIL =
  'Your account has no role in this service. Ask the operator to make you an owner or a viewer of your domain, then sign in again.';
const FAILED_TITLE = 'The service failed';

type ResponseRow = readonly [type: ResponseType, status: number, title: string, detail: string];

/** The responses of API Gateway itself. */
const ADMIN_RESPONSES: readonly ResponseRow[] = [
  [ResponseType.UNAUTHORIZED, 401, 'No valid credential', CREDENTIAL_DETAIL],
  [ResponseType.ACCESS_DENIED, 403, NO_ROLE_TITLE, NO_ROLE_DETAIL],
  // API Gateway's name for an unknown path.
  [ResponseType.MISSING_AUTHENTICATION_TOKEN, 404, 'Not found', NOT_FOUND_DETAIL],
  [ResponseType.RESOURCE_NOT_FOUND, 404, 'Not found', NOT_FOUND_DETAIL],
  [ResponseType.REQUEST_TOO_LARGE, 413, 'Too large', 'Send a request of at most 5 MB.'],
  [ResponseType.UNSUPPORTED_MEDIA_TYPE, 415, 'Wrong media type', 'Send the body as application/json.'],
  [ResponseType.THROTTLED, 429, 'Too many requests', THROTTLED_DETAIL],
  [ResponseType.QUOTA_EXCEEDED, 429, 'Too many requests', THROTTLED_DETAIL],
  [
    ResponseType.WAF_FILTERED,
    403,
    'Not allowed',
    'A firewall rule of this deployment blocked the request: ask the operator to allow it.',
  ],
  [
    ResponseType.DEFAULT_4XX,
    400,
    'The request is not valid',
    'Compare its method, path, headers and body with /admin/v1/openapi.json.',
  ],
  [ResponseType.INTEGRATION_FAILURE, 502, FAILED_TITLE, INTERNAL_DETAIL],
  [
    ResponseType.INTEGRATION_TIMEOUT,
    504,
    FAILED_TITLE,
    'The request took longer than 29 seconds and may have succeeded: look before you repeat it.',
  ],
  // The API key of a share is missing. A deployment creates it again.
  [ResponseType.INVALID_API_KEY, 500, FAILED_TITLE, INTERNAL_DETAIL],
  [ResponseType.DEFAULT_5XX, 500, FAILED_TITLE, INTERNAL_DETAIL],
];

/** After this time, the stage's token bucket has tokens again. */
const RETRY_AFTER_SECONDS = '2';

/** Turns every response of API Gateway itself into problem details (RFC 9457). */
export class AdminResponses extends Construct {
  public constructor(scope: Construct, id: string, { api }: { readonly api: IRestApi }) {
    super(scope, id);
    for (const [type, status, title, detail] of ADMIN_RESPONSES) {
      addGatewayResponse(this, api, {
        type,
        status,
        contentType: 'application/problem+json',
        body: { type: 'about:blank', title, status, detail, requestId: '$context.requestId' },
        headers: {
          ...(status === 401 && { 'WWW-Authenticate': 'Bearer realm="admin"' }),
          ...(status === 429 && { 'Retry-After': RETRY_AFTER_SECONDS }),
        },
      });
    }
  }
}
