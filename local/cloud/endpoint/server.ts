import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Listening, listen, readBody, sendJson } from '../../host/http';
import { type Callers, HOST } from '../callers';
import { type CallSite, type TransportFault, TRANSPORT_FAULTS } from '../faults/fault';
import type { Faults } from '../faults/faults';
import { underFault } from '../faults/transport';
import type { Iam } from '../iam/iam';
import { assertAllowed, callerOf } from './authorize';
import type { PlannedCalls } from './planned-calls';
import { type AwsOperation, type AwsOperations, type Call, type Operations, Reply } from './operation';
import { queryAnswer, queryError, type QueryRequest, readQueryRequest } from './query-protocol';
import { ServiceError } from './service-error';

/** The path below which the cloud serves its own operations, which AWS does not have. */
export const LOCAL_PATH = '_local';

/** The operations of all services. */
export interface EndpointOperations {
  readonly aws: AwsOperations;
  /** Operations that AWS does not have, below `LOCAL_PATH`. They need no credentials. */
  readonly local: Operations;
}

export interface EndpointParts {
  readonly callers: Callers;
  /** @default nothing fails */
  readonly faults?: Faults;
  readonly iam: Pick<Iam, 'authorize'>;
  /** Runs what tests plan for calls. */
  readonly calls?: PlannedCalls;
  /** Throws while the cloud starts. */
  readonly operations: () => EndpointOperations;
}

interface Target<T> {
  readonly name: string;
  readonly operation: T;
  readonly parameters: readonly string[];
}

/** Serves the operations of all services on one port. */
export function serveEndpoint(parts: EndpointParts): Promise<Listening> {
  return listen((message, response) => handle(parts, message, response), 0);
}

async function handle(
  parts: EndpointParts,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let query: QueryRequest | undefined;
  try {
    const body = ((await readBody(message)) ?? Buffer.alloc(0)).toString();
    rejectBrowsers(message);
    const { pathname, searchParams } = new URL(message.url ?? '/', 'http://local');
    query = readQueryRequest(message.headers['content-type'], body);
    const input: unknown = query?.input ?? (body === '' ? {} : JSON.parse(body));
    const result = await run(parts, message, response, pathname, { input, query: searchParams }, query);
    if (!result) return;
    const { status, body: answer } = result;
    if (query) response.writeHead(status, XML).end(queryAnswer(query, answer));
    else sendJson(response, status, answer);
  } catch (error) {
    const known =
      error instanceof ServiceError ? error : new ServiceError(500, 'InternalFailure', String(error));
    for (const [name, value] of Object.entries(known.headers)) response.setHeader(name, value);
    if (query) return void response.writeHead(known.status, XML).end(queryError(query, known));
    response.setHeader('x-amzn-errortype', known.type);
    sendJson(response, known.status, { __type: known.type, message: known.message });
  }
}

const XML = { 'content-type': 'text/xml' };

/** Returns undefined if an injected fault has closed the connection. */
async function run(
  { calls, callers, faults, iam, operations }: EndpointParts,
  message: IncomingMessage,
  response: ServerResponse,
  pathname: string,
  request: Pick<Call, 'input' | 'query'>,
  query: QueryRequest | undefined,
): Promise<Reply | undefined> {
  const { aws, local } = operations();
  if (pathname.startsWith(`/${LOCAL_PATH}/`)) {
    const { operation, parameters } = findRoute(local, message.method, pathname);
    return toReply(await operation({ ...request, caller: HOST, parameters }));
  }
  const json = message.headers['x-amz-target'];
  const target = query?.target ?? json;
  // Services with a JSON protocol refuse with 400, those with a REST or Query protocol with 403.
  const refusal = typeof json === 'string' ? 400 : 403;
  const { name, operation, parameters } =
    typeof target === 'string' ? findTarget(aws, target) : findRoute(aws, message.method, pathname);
  const caller = operation.permission ? callerOf(callers, message.headers, refusal) : HOST;
  const call: Call = { ...request, caller, parameters };
  for (const permission of [operation.permission?.(call) ?? []].flat())
    assertAllowed(iam, caller, permission, refusal);
  const site: CallSite = {
    ...{ function: caller.name, operation: name, about: pathname },
    text: () => `${pathname} ${JSON.stringify(request.input)}`,
  };
  const fault = caller.role && faults?.take(site, TRANSPORT_FAULTS);
  const carryOut = async () => {
    const reply = toReply(await operation.run(call));
    await calls?.carriedOut(caller, name);
    return reply;
  };
  if (!fault || !faults) return carryOut();
  return underFault({
    ...{ fault, faults, caller, response, carryOut },
    error: (kind) => serviceFailure(kind, refusal),
  });
}

const toReply = (result: unknown): Reply => (result instanceof Reply ? result : new Reply(200, result));

/** Returns the error of a service with a JSON protocol (`refusal` is 400) or with a REST protocol. */
function serviceFailure(
  kind: Extract<TransportFault, 'throttling' | 'internal' | 'unavailable'>,
  refusal: number,
): ServiceError {
  switch (kind) {
    case 'throttling':
      return refusal === 400
        ? new ServiceError(400, 'ThrottlingException', 'Rate exceeded')
        : new ServiceError(429, 'TooManyRequestsException', 'Too Many Requests', { 'retry-after': '1' });
    case 'internal':
      return new ServiceError(500, 'InternalFailure', 'An internal failure occurred.');
    case 'unavailable':
      return new ServiceError(503, 'ServiceUnavailableException', 'Service is unavailable.', {
        'retry-after': '1',
      });
  }
}

function findTarget(operations: AwsOperations, target: string): Target<AwsOperation> {
  const operation = operations[target];
  if (operation) return { name: target, operation, parameters: [] };
  throw new ServiceError(400, 'UnknownOperationException', `The local cloud does not emulate ${target}.`);
}

function findRoute<T>(operations: Readonly<Record<string, T>>, method = 'GET', pathname: string): Target<T> {
  const path = pathname.split('/').filter(Boolean).map(decodeURIComponent);
  for (const [name, operation] of Object.entries(operations)) {
    const [routeMethod, pattern] = name.split(' ');
    if (pattern === undefined || routeMethod !== method) continue;
    const parameters = matchRoute(pattern.split('/'), path);
    if (parameters) return { name, operation, parameters };
  }
  throw path[0] === LOCAL_PATH
    ? new ServiceError(404, 'NotFoundException', `There is no operation ${method} ${pathname}.`)
    : new ServiceError(
        501,
        'NotImplementedException',
        `The local cloud does not emulate ${method} ${pathname}.`,
      );
}

/** Returns the segments that the wildcards match, or undefined if the path does not match. */
function matchRoute(pattern: readonly string[], path: readonly string[]): string[] | undefined {
  if (pattern.length !== path.length) return undefined;
  const matches = pattern.every((part, index) => part === '*' || part === path[index]);
  return matches ? path.filter((_, index) => pattern[index] === '*') : undefined;
}

/** Refuses web pages of other origins. The host is already checked. */
function rejectBrowsers({ headers }: IncomingMessage): void {
  if (headers.origin === undefined) return;
  throw new ServiceError(403, 'AccessDeniedException', 'Only programs on this machine may use this port.');
}
