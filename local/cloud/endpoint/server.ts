import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Listening, listen, readBody, sendJson } from '../../host/http';
import { type Callers, HOST } from '../callers';
import type { Iam } from '../iam/iam';
import { assertAllowed, callerOf } from './authorize';
import { type AwsOperation, type AwsOperations, type Call, type Operations, Reply } from './operation';
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
  readonly iam: Pick<Iam, 'authorize'>;
  /** Throws while the cloud starts. */
  readonly operations: () => EndpointOperations;
}

interface Target<T> {
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
  try {
    const body = ((await readBody(message)) ?? Buffer.alloc(0)).toString();
    rejectBrowsers(message);
    const { pathname, searchParams } = new URL(message.url ?? '/', 'http://local');
    const input: unknown = body === '' ? {} : JSON.parse(body);
    const result = await run(parts, message, pathname, { input, query: searchParams });
    if (result instanceof Reply) sendJson(response, result.status, result.body);
    else sendJson(response, 200, result);
  } catch (error) {
    const known =
      error instanceof ServiceError ? error : new ServiceError(500, 'InternalFailure', String(error));
    response.setHeader('x-amzn-errortype', known.type);
    for (const [name, value] of Object.entries(known.headers)) response.setHeader(name, value);
    sendJson(response, known.status, { __type: known.type, message: known.message });
  }
}

function run(
  { callers, iam, operations }: EndpointParts,
  message: IncomingMessage,
  pathname: string,
  request: Pick<Call, 'input' | 'query'>,
): unknown {
  const { aws, local } = operations();
  if (pathname.startsWith(`/${LOCAL_PATH}/`)) {
    const { operation, parameters } = findRoute(local, message.method, pathname);
    return operation({ ...request, caller: HOST, parameters });
  }
  const target = message.headers['x-amz-target'];
  // Services with a JSON protocol refuse with 400, those with a REST protocol with 403.
  const refusal = typeof target === 'string' ? 400 : 403;
  const { operation, parameters } =
    typeof target === 'string' ? findTarget(aws, target) : findRoute(aws, message.method, pathname);
  const caller = operation.permission ? callerOf(callers, message.headers, refusal) : HOST;
  const call: Call = { ...request, caller, parameters };
  for (const permission of [operation.permission?.(call) ?? []].flat())
    assertAllowed(iam, caller, permission, refusal);
  return operation.run(call);
}

function findTarget(operations: AwsOperations, target: string): Target<AwsOperation> {
  const operation = operations[target];
  if (operation) return { operation, parameters: [] };
  throw new ServiceError(400, 'UnknownOperationException', `The local cloud does not emulate ${target}.`);
}

function findRoute<T>(operations: Readonly<Record<string, T>>, method = 'GET', pathname: string): Target<T> {
  const path = pathname.split('/').filter(Boolean).map(decodeURIComponent);
  for (const [name, operation] of Object.entries(operations)) {
    const [routeMethod, pattern] = name.split(' ');
    if (pattern === undefined || routeMethod !== method) continue;
    const parameters = matchRoute(pattern.split('/'), path);
    if (parameters) return { operation, parameters };
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
