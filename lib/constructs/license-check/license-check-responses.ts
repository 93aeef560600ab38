import { type IRestApi, ResponseType } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { addGatewayResponse } from '../gateway/gateway-response';

// A period directly after a variable would be read as part of its name.
const INTERNAL_DETAIL =
  'The service failed. Go by the last answer, and ask again in some minutes; quote the id $context.requestId of the request.';
const NOT_FOUND_DETAIL =
  'There is nothing at this path. A license key is checked with GET /license/v1/check.';
const THROTTLED_DETAIL =
  'Too many checks: go by the last answer, and ask again after the seconds of Retry-After.';

type ResponseRow = readonly [type: ResponseType, status: number, error: string, detail: string];

/** The responses of API Gateway itself, in the format of the function's errors. */
const LICENSE_CHECK_RESPONSES: readonly ResponseRow[] = [
  // API Gateway's name for an unknown path.
  [ResponseType.MISSING_AUTHENTICATION_TOKEN, 404, 'notFound', NOT_FOUND_DETAIL],
  [ResponseType.RESOURCE_NOT_FOUND, 404, 'notFound', NOT_FOUND_DETAIL],
  [ResponseType.REQUEST_TOO_LARGE, 413, 'tooLarge', 'Send the request without a body.'],
  [ResponseType.WAF_FILTERED, 403, 'blocked', 'A firewall rule blocked the request: ask the operator.'],
  [ResponseType.THROTTLED, 429, 'tooManyRequests', THROTTLED_DETAIL],
  [ResponseType.QUOTA_EXCEEDED, 429, 'tooManyRequests', THROTTLED_DETAIL],
  [ResponseType.DEFAULT_4XX, 400, 'badRequest', 'Send GET with the license key in the header "License-Key".'],
  [ResponseType.INTEGRATION_FAILURE, 502, 'internal', INTERNAL_DETAIL],
  [ResponseType.INTEGRATION_TIMEOUT, 504, 'internal', INTERNAL_DETAIL],
  [ResponseType.INVALID_API_KEY, 500, 'internal', INTERNAL_DETAIL],
  [ResponseType.ACCESS_DENIED, 500, 'internal', INTERNAL_DETAIL],
  [ResponseType.UNAUTHORIZED, 500, 'internal', INTERNAL_DETAIL],
  [ResponseType.DEFAULT_5XX, 500, 'internal', INTERNAL_DETAIL],
];

/** After this time, the token bucket has tokens again. */
const RETRY_AFTER_SECONDS = '30';

/** Turns every response of API Gateway itself into uncacheable JSON, `{ "error", "detail" }`. */
export class LicenseCheckResponses extends Construct {
  public constructor(scope: Construct, id: string, { api }: { readonly api: IRestApi }) {
    super(scope, id);
    for (const [type, status, error, detail] of LICENSE_CHECK_RESPONSES) {
      addGatewayResponse(this, api, {
        type,
        status,
        contentType: 'application/json',
        body: { error, detail },
        headers: { ...(status === 429 && { 'Retry-After': RETRY_AFTER_SECONDS }) },
      });
    }
  }
}
