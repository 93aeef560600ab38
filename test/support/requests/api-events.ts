import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import middy from '@middy/core';
import type { Middleware } from '../../../shared/http/chain/request';
import { HourlyDeduplicator } from '../../../shared/http/diagnostics/hourly-deduplicator';
import { toScimRequest, type ScimRequest } from '../../../shared/http/chain/request';
import {
  type DiagnosticsWriter,
  RequestDiagnostics,
} from '../../../shared/http/diagnostics/request-diagnostics';
import { findScimRoute, type ScimRoute } from '../../../shared/http/chain/scim-route';
import type { ScimResponse } from '../../../shared/http/chain/response';
import type { Json } from '../../../shared/scim/resource';

export interface EventInput {
  readonly method?: string;
  /** The encoded path below the base URL. */
  readonly path?: string;
  /** The path of the base URL. */
  readonly basePath?: string;
  readonly headers?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
  readonly authorizer?: Record<string, string> | null;
}

export const PRINCIPAL = {
  domainId: 'domain-1',
  keyId: 'key-1',
  keyName: 'Okta',
  connectionId: 'key-1',
  ratePlan: 'unmetered',
} as const;

export const RECEIVED_AT = Date.parse('2026-03-01T12:00:00.000Z');

/** Returns the event that API Gateway sends for a request with a valid key. */
export function apiEvent(input: EventInput = {}): APIGatewayProxyEvent {
  const { method = 'GET', path = '/Users', basePath = '/scim/v2', headers = {}, query, body = null } = input;
  return {
    httpMethod: method,
    headers: { Host: 'api.example.com', 'X-Forwarded-Proto': 'https', 'User-Agent': 'Okta', ...headers },
    multiValueHeaders: {},
    path: `/v2${path}`,
    resource: '/v2/Users',
    pathParameters: null,
    queryStringParameters: query ?? null,
    multiValueQueryStringParameters: null,
    stageVariables: null,
    body,
    isBase64Encoded: input.isBase64Encoded ?? false,
    requestContext: {
      requestId: 'request-1',
      path: `${basePath}${path}`,
      domainName: 'api.example.com',
      stage: 'scim',
      requestTimeEpoch: RECEIVED_AT,
      identity: { sourceIp: '192.0.2.1', userAgent: 'Okta' },
      authorizer: input.authorizer === undefined ? PRINCIPAL : input.authorizer,
    },
  } as unknown as APIGatewayProxyEvent;
}

export const lambdaContext = { functionName: 'test', awsRequestId: 'lambda-1' } as Context;

/** Runs an event through middlewares, outermost first. The default handler returns 200. */
export async function runMiddleware(
  middlewares: readonly Middleware[],
  input: APIGatewayProxyEvent,
  handle: (event: APIGatewayProxyEvent) => APIGatewayProxyResult = () => ({ statusCode: 200, body: '{}' }),
): Promise<APIGatewayProxyResult> {
  const chain = middlewares.reduce<ReturnType<typeof middy>>(
    (built, next) => built.use(next as never),
    middy(),
  );
  return (await chain.handler((given: unknown) => Promise.resolve(handle(given as APIGatewayProxyEvent)))(
    input,
    lambdaContext,
  )) as APIGatewayProxyResult;
}

/**
 * Returns the parts of a request that the middlewares add. `notes` records the calls of the diagnostics
 * writer.
 */
export function requestContextParts(
  notes: unknown[][] = [],
): Pick<ScimRequest, 'chargeRequests' | 'diagnostics'> {
  const { domainId, keyId } = PRINCIPAL;
  const diagnostics = new RequestDiagnostics(
    { domainId, connectionId: keyId, userAgent: 'Okta' },
    {
      store: () => recordingWriter(notes),
      deduplicator: new HourlyDeduplicator(),
      now: () => RECEIVED_AT,
      onFailed: (error) => notes.push(['failed', error]),
    },
  );
  return { chargeRequests: () => Promise.resolve(), diagnostics };
}

/** Returns a diagnostics writer that records its calls in `notes`. */
export function recordingWriter(notes: unknown[][]): DiagnosticsWriter {
  const note =
    (name: string) =>
    (...args: unknown[]): Promise<void> => {
      notes.push([name, ...args]);
      return Promise.resolve();
    };
  return {
    recordRefusal: note('refused'),
    recordIgnored: note('ignored'),
    recordUnknownFilterAttribute: note('filter'),
    recordUnknownMembers: note('left out'),
    recordUndeliverable: note('undeliverable'),
  };
}

/** Calls the route of a request, without the middlewares. */
export async function callRoute(
  routes: readonly ScimRoute[],
  input: EventInput,
  body?: Json,
): Promise<ScimResponse> {
  const given = apiEvent(input);
  const { route, parameters } = findScimRoute(routes, given.httpMethod, input.path ?? '/Users');
  const request: ScimRequest = toScimRequest(given, parameters, body, requestContextParts());
  return route.handle(request);
}

export const parseBody = ({ body }: APIGatewayProxyResult): Record<string, unknown> =>
  JSON.parse(body) as Record<string, unknown>;
