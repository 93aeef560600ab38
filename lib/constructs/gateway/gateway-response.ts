import { GatewayResponse, type IRestApi, type ResponseType } from 'aws-cdk-lib/aws-apigateway';
import type { Construct } from 'constructs';
import { FAILURE_RETRY_AFTER_SECONDS } from '../../../shared/scim/error';

/** A response of API Gateway itself, which replaces its default. */
export interface GatewayResponseOptions {
  readonly type: ResponseType;
  readonly status: number;
  readonly contentType: string;
  /**
   * The JSON body. It may contain variables of API Gateway, `$context.…`. API Gateway does not escape their
   * values, so use only variables whose values the service sets.
   */
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Adds a response to an API. No cache may store it, because the cause may be gone at the next request. Every
 * response to a failure says when to send the request again.
 */
export function addGatewayResponse(
  scope: Construct,
  restApi: IRestApi,
  { type, status, contentType, body, headers = {} }: GatewayResponseOptions,
): void {
  const fixedHeaders = Object.entries({
    'Content-Type': contentType,
    'Cache-Control': 'no-store',
    ...(status >= 500 && { 'Retry-After': String(FAILURE_RETRY_AFTER_SECONDS) }),
    ...headers,
  });
  new GatewayResponse(scope, type.responseType, {
    restApi,
    type,
    statusCode: String(status),
    // API Gateway requires quotes around fixed values. Values of the request have none.
    responseHeaders: {
      'x-request-id': 'context.requestId',
      ...Object.fromEntries(fixedHeaders.map(([name, value]) => [name, `'${value}'`])),
    },
    // API Gateway selects a template by the Accept header; application/json is also the fallback.
    templates: { 'application/json': JSON.stringify(body) },
  });
}
