import type { IncomingMessage, ServerResponse } from 'node:http';
import { arn } from '../../../cloud/template/account';
import { type Listening, listen, readBody } from '../../../host/http';
import type { MetricStore } from '../../../cloud/metrics/metric-store';
import type { Functions } from '../../lambda/functions';
import type { Api } from '../api';
import type { BasePathMapping } from '../base-path-mappings';
import { accessLogLine } from './access-log';
import type { Authorizer } from './authorizer';
import { isBinaryResponse } from './binary-media-types';
import { compress, decompress } from './compression';
import { proxyEvent, requestEvent } from './event';
import { Fault } from './fault';
import { reportExchange } from './gateway-metrics';
import { type HttpResponse, renderGatewayResponse } from './gateway-response';
import { integrate } from './integration';
import { readHead, type RequestHead } from './request';
import { type Match, match } from './router';
import type { TokenBuckets } from './token-buckets';
import type { UsagePlans } from './usage-plan';

const PAYLOAD_LIMIT = 10 * 1024 * 1024;
/** Bytes of the request line and of the values of all headers. */
const HEAD_LIMIT = 10_240;

export interface GatewayParts {
  readonly api: Api;
  readonly functions: Pick<Functions, 'get'>;
  /** Authorizer id → authorizer. */
  readonly authorizers: ReadonlyMap<string, Authorizer>;
  readonly usagePlans: UsagePlans;
  /** The buckets of the methods of the stage. */
  readonly buckets: TokenBuckets;
  /** Returns whether a method may invoke its function. */
  readonly mayInvoke: (functionArn: string, sourceArn: string) => boolean;
  readonly log: (line: string) => void;
  /** The base paths of custom domains. @default none */
  readonly mappings?: readonly BasePathMapping[];
  /** @default nothing is reported */
  readonly metrics?: MetricStore;
  /** Appends a line to the access log of the stage. @default nothing is logged */
  readonly logAccess?: (line: string) => void;
  /** @default 29 seconds */
  readonly integrationTimeoutMs?: number;
}

/**
 * Serves the stage of a REST API on the loopback address. Responds with 503 until `parts` returns something.
 */
export function serveApi(parts: () => GatewayParts | undefined, port: number): Promise<Listening> {
  const listener = async (message: IncomingMessage, response: ServerResponse) => {
    const ready = parts();
    if (ready) await handle(ready, message, response);
    else response.writeHead(503, { 'retry-after': '1' }).end();
  };
  return listen(listener, port, '--port');
}

async function handle(
  parts: GatewayParts,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { api } = parts;
  const domainName = `${message.socket.localAddress?.replace(/^::ffff:/, '')}:${message.socket.localPort}`;
  const head = readHead(message, api, domainName, parts.mappings);
  const { context } = head;
  let result: HttpResponse;
  let errorType: string | undefined;
  const seen: Integration = {};
  try {
    if (headBytes(message) > HEAD_LIMIT) result = HEAD_TOO_LARGE;
    else result = head.isOnStage ? await respond(parts, head, message, seen) : WRONG_STAGE;
  } catch (error) {
    // A client that has disconnected gets no response. An unexpected error becomes the response that AWS
    // would send.
    if (message.destroyed && !message.complete) return;
    const fault = error instanceof Fault ? error : new Fault('INTEGRATION_FAILURE', String(error));
    if (fault.message !== fault.type) parts.log(`${context.requestId} ${fault.type} ${fault.message}`);
    errorType = fault.type;
    result = renderGatewayResponse(fault.type, api.gatewayResponses, context);
  }
  const compressed = compress(result, head.headers, api.minimumCompressionSize);
  if (result !== WRONG_STAGE && result !== HEAD_TOO_LARGE)
    observe(parts, head, compressed, { ...seen, errorType });
  send(response, compressed, head);
  parts.log(
    `${context.requestId} ${head.method} ${context.path} ${result.status} ${Date.now() - context.requestTimeEpoch} ms`,
  );
}

/** The result of a method's function. `respond` sets it. */
type Integration = { -readonly [Name in 'integrationLatencyMs' | 'integrationStatus']?: number };

/** Writes the access log and the metrics of a request. */
function observe(
  { api, logAccess, metrics }: GatewayParts,
  head: RequestHead,
  { status, body }: HttpResponse,
  seen: Integration & { readonly errorType: string | undefined },
): void {
  const latencyMs = Date.now() - head.context.requestTimeEpoch;
  const exchange = { ...seen, status, responseLength: body.length, latencyMs };
  if (api.accessLog) logAccess?.(accessLogLine(api.accessLog.format, head, exchange));
  if (metrics) reportExchange(metrics, api, exchange);
}

/** Returns a response of AWS that no gateway response of the template replaces. */
const refusal = (status: number, type: string, message: string): HttpResponse => ({
  status,
  headers: [
    ['Content-Type', 'application/json'],
    ['x-amzn-ErrorType', type],
  ],
  body: Buffer.from(JSON.stringify({ message })),
});

/** The response of AWS to a request for a stage that does not exist. */
const WRONG_STAGE = refusal(403, 'ForbiddenException', 'Forbidden');

/** AWS documents the limit, but not the response. */
const HEAD_TOO_LARGE = refusal(
  431,
  'RequestHeaderFieldsTooLargeException',
  'Request header fields too large',
);

/** Returns the bytes of the request line and of the values of all headers. */
function headBytes({ method = '', url = '', httpVersion, rawHeaders }: IncomingMessage): number {
  let bytes = `${method} ${url} HTTP/${httpVersion}`.length;
  for (let at = 1; at < rawHeaders.length; at += 2) bytes += rawHeaders[at]?.length ?? 0;
  return bytes;
}

async function respond(
  parts: GatewayParts,
  head: RequestHead,
  message: IncomingMessage,
  seen: Integration,
): Promise<HttpResponse> {
  const { api } = parts;
  const received = await readBody(message, PAYLOAD_LIMIT);
  if (!received) throw new Fault('REQUEST_TOO_LARGE');
  const matched = match(api, head.method, head.path);
  if (!matched) throw new Fault('MISSING_AUTHENTICATION_TOKEN');
  head.context.resourceId = matched.route.resourceId;
  head.context.resourcePath = matched.route.resourcePath;

  const port = message.socket.localPort ?? 0;
  const { authorizerId, apiKeyRequired, functionArn } = matched.method;
  const throttle = matched.route.throttles.get(head.method) ?? api.throttle;
  const keyValue =
    authorizerId &&
    (await authorizerOf(parts, authorizerId).authorize(head, () => requestEvent(head, matched, api, port)));
  if (apiKeyRequired) parts.usagePlans.take(keyValue, api.id, api.stage);
  if (throttle) parts.buckets.take(`${api.id} ${matched.route.resourceId} ${head.method}`, throttle);

  const body =
    api.minimumCompressionSize === undefined ? received : decompress(received, head.headers, PAYLOAD_LIMIT);
  if (!body) throw new Fault('BAD_REQUEST_BODY');
  const event = proxyEvent({ ...head, body }, matched, api, port);
  if (!parts.mayInvoke(functionArn, methodArn(api, matched)))
    throw new Fault('API_CONFIGURATION_ERROR', 'Invalid permissions on Lambda function');
  const startedAt = Date.now();
  try {
    const response = await integrate(parts.functions.get(functionArn), event, head.context.requestId, {
      timeoutMs: parts.integrationTimeoutMs,
      isBinary: (type) => isBinaryResponse(type, head.headers, api.binaryMediaTypes),
    });
    seen.integrationStatus = response.status;
    return response;
  } finally {
    seen.integrationLatencyMs = Date.now() - startedAt;
  }
}

function send(
  response: ServerResponse,
  { status, headers, body }: HttpResponse,
  { method, context }: RequestHead,
): void {
  response.statusCode = status;
  for (const [name, value] of headers) response.appendHeader(name, value);
  response.setHeader('x-amzn-RequestId', context.requestId);
  response.setHeader('x-amz-apigw-id', context.extendedRequestId);
  if (status === 413) response.setHeader('Connection', 'close');
  const hasBody = status >= 200 && status !== 204 && status !== 304;
  if (hasBody) response.setHeader('Content-Length', body.length);
  response.end(hasBody && method !== 'HEAD' ? body : undefined);
}

/** Returns the ARN that the policies of functions name, with `*` for a method that serves all. */
function methodArn({ id, stage }: Api, { route, methodName }: Match): string {
  const method = methodName === 'ANY' ? '*' : methodName;
  return arn('execute-api', `${id}/${stage}/${method}${route.resourcePath}`);
}

function authorizerOf({ authorizers }: GatewayParts, id: string): Authorizer {
  const authorizer = authorizers.get(id);
  if (!authorizer) throw new Error(`The template refers to the authorizer ${id}, but does not define it.`);
  return authorizer;
}
