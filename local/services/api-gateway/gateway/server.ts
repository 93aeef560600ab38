import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Listening, listen, readBody } from '../../../host/http';
import type { LambdaFunction } from '../../lambda/function';
import type { Api } from '../api';
import type { Authorizer } from './authorizer';
import { isBinaryAnswer } from './binary-media-types';
import { compress, decompress } from './compression';
import { proxyEvent, requestEvent } from './event';
import { Fault } from './fault';
import { type HttpAnswer, renderGatewayResponse } from './gateway-response';
import { integrate } from './integration';
import { type GatewayRequest, readHead } from './request';
import { match } from './router';
import type { TokenBuckets } from './token-buckets';
import type { UsagePlans } from './usage-plan';

const PAYLOAD_LIMIT = 10 * 1024 * 1024;

export interface GatewayParts {
  readonly api: Api;
  /** By function ARN. */
  readonly functions: ReadonlyMap<string, LambdaFunction>;
  /** By authorizer id. */
  readonly authorizers: ReadonlyMap<string, Authorizer>;
  readonly usagePlans: UsagePlans;
  /** Of the methods of the stage. */
  readonly buckets: TokenBuckets;
  readonly log: (line: string) => void;
  /** @default 29 seconds */
  readonly integrationTimeoutMs?: number;
}

/** Serves a REST API's stage on the loopback address; until `parts` gives something, the answer is 503. */
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
  const head = readHead(message, api, domainName);
  const { context } = head;
  let answer: HttpAnswer;
  try {
    answer = isOnStage(context.path, api.stage) ? await answerTo(parts, head, message) : WRONG_STAGE;
  } catch (error) {
    // A client that hung up is told nothing; anything unforeseen is the host's fault, and said so as AWS would.
    if (message.destroyed && !message.complete) return;
    const fault = error instanceof Fault ? error : new Fault('INTEGRATION_FAILURE', String(error));
    if (fault.message !== fault.type) parts.log(`${context.requestId} ${fault.type} ${fault.message}`);
    answer = renderGatewayResponse(fault.type, api.gatewayResponses, context);
  }
  send(response, compress(answer, head.headers, api.minimumCompressionSize), head);
  parts.log(
    `${context.requestId} ${head.method} ${context.path} ${answer.status} ${Date.now() - context.requestTimeEpoch} ms`,
  );
}

/** Another stage is another API to AWS, which does not know it. */
const WRONG_STAGE: HttpAnswer = {
  status: 403,
  headers: [
    ['Content-Type', 'application/json'],
    ['x-amzn-ErrorType', 'ForbiddenException'],
  ],
  body: Buffer.from('{"message":"Forbidden"}'),
};

function isOnStage(path: string, stage: string): boolean {
  return path === `/${stage}` || path.startsWith(`/${stage}/`);
}

async function answerTo(
  parts: GatewayParts,
  head: Omit<GatewayRequest, 'body'>,
  message: IncomingMessage,
): Promise<HttpAnswer> {
  const { api } = parts;
  const received = await readBody(message, PAYLOAD_LIMIT);
  if (!received) throw new Fault('REQUEST_TOO_LARGE');
  const matched = match(api, head.method, head.path);
  if (!matched) throw new Fault('MISSING_AUTHENTICATION_TOKEN');
  head.context.resourceId = matched.route.resourceId;
  head.context.resourcePath = matched.route.resourcePath;

  const port = message.socket.localPort ?? 0;
  const { authorizerId, apiKeyRequired, functionArn } = matched.method;
  const keyValue =
    authorizerId &&
    (await required(parts.authorizers, authorizerId).authorize(head, () =>
      requestEvent(head, matched, api, port),
    ));
  if (apiKeyRequired) parts.usagePlans.take(keyValue, api.id, api.stage);
  if (api.throttle) parts.buckets.take(`${api.id} ${matched.route.resourceId}`, api.throttle);

  const body =
    api.minimumCompressionSize === undefined ? received : decompress(received, head.headers, PAYLOAD_LIMIT);
  if (!body) throw new Fault('BAD_REQUEST_BODY');
  const event = proxyEvent({ ...head, body }, matched, api, port);
  return integrate(required(parts.functions, functionArn), event, head.context.requestId, {
    timeoutMs: parts.integrationTimeoutMs,
    isBinary: (type) => isBinaryAnswer(type, head.headers, api.binaryMediaTypes),
  });
}

function send(
  response: ServerResponse,
  { status, headers, body }: HttpAnswer,
  { method, context }: Omit<GatewayRequest, 'body'>,
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

function required<T>(map: ReadonlyMap<string, T>, key: string): T {
  const value = map.get(key);
  if (value === undefined) throw new Error(`The template names ${key}, which the host does not run.`);
  return value;
}
