import { GatewayResponse, type IRestApi, type ResponseType } from 'aws-cdk-lib/aws-apigateway';
import type { Construct } from 'constructs';

/** An answer of API Gateway's own, in place of its default. */
export interface GatewayResponseOptions {
  readonly type: ResponseType;
  readonly status: number;
  readonly contentType: string;
  /** Becomes JSON. Variables of API Gateway stand as `$context.…`; they are put in as they are, so only trusted ones may be named. */
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Has an API answer like this. */
export function addGatewayResponse(
  scope: Construct,
  restApi: IRestApi,
  { type, status, contentType, body, headers = {} }: GatewayResponseOptions,
): void {
  const fixed = Object.entries({ 'Content-Type': contentType, ...headers });
  new GatewayResponse(scope, type.responseType, {
    restApi,
    type,
    statusCode: String(status),
    // Fixed values stand in quotes, values of the request without.
    responseHeaders: {
      'x-request-id': 'context.requestId',
      ...Object.fromEntries(fixed.map(([name, value]) => [name, `'${value}'`])),
    },
    // Chosen by the request's Accept header; application/json also stands for what no template matches.
    templates: { 'application/json': JSON.stringify(body) },
  });
}
