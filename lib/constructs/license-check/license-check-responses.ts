import { type IRestApi, ResponseType } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { addFixedResponse } from '../common/gateway-response';

// No full stop right after a variable: it would be taken for the beginning of a further name.
const INTERNAL =
  'The service failed. Go by the last answer, and ask again in some minutes; quote the id $context.requestId of the request.';
const NOT_FOUND = 'There is nothing at this path. A license key is checked with GET /license/v1/check.';
const LATER = 'Too many checks: go by the last answer, and ask again after the seconds of Retry-After.';

type Row = readonly [type: ResponseType, status: number, error: string, detail: string];

/** What API Gateway answers by itself, in the form of the function's own errors. */
const RESPONSES: readonly Row[] = [
  // API Gateway's name for a path that it does not know.
  [ResponseType.MISSING_AUTHENTICATION_TOKEN, 404, 'notFound', NOT_FOUND],
  [ResponseType.RESOURCE_NOT_FOUND, 404, 'notFound', NOT_FOUND],
  [ResponseType.REQUEST_TOO_LARGE, 413, 'tooLarge', 'Send the request without a body.'],
  [ResponseType.WAF_FILTERED, 403, 'blocked', 'A firewall rule blocked the request: ask the operator.'],
  [ResponseType.THROTTLED, 429, 'tooManyRequests', LATER],
  [ResponseType.QUOTA_EXCEEDED, 429, 'tooManyRequests', LATER],
  [ResponseType.DEFAULT_4XX, 400, 'badRequest', 'Send GET with the license key in the header "License-Key".'],
  [ResponseType.INTEGRATION_FAILURE, 502, 'internal', INTERNAL],
  [ResponseType.INTEGRATION_TIMEOUT, 504, 'internal', INTERNAL],
  [ResponseType.INVALID_API_KEY, 500, 'internal', INTERNAL],
  [ResponseType.ACCESS_DENIED, 500, 'internal', INTERNAL],
  [ResponseType.UNAUTHORIZED, 500, 'internal', INTERNAL],
  [ResponseType.DEFAULT_5XX, 500, 'internal', INTERNAL],
];

/** Long enough for a bucket to hold some requests again. */
const RETRY_AFTER = '30';

/** Makes every answer of API Gateway's own plain JSON, `{ "error", "detail" }`, that nobody caches. */
export class LicenseCheckResponses extends Construct {
  public constructor(scope: Construct, id: string, { api }: { readonly api: IRestApi }) {
    super(scope, id);
    for (const [type, status, error, detail] of RESPONSES) {
      addFixedResponse(this, api, {
        type,
        status,
        contentType: 'application/json',
        body: { error, detail },
        headers: { 'Cache-Control': 'no-store', ...(status === 429 && { 'Retry-After': RETRY_AFTER }) },
      });
    }
  }
}
