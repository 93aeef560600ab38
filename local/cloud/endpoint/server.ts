import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Listening, listen, readBody, sendJson } from '../../host/http';
import type { Callers } from '../callers';
import { type Call, type Operation, type Operations, Reply } from './operation';
import { ServiceError } from './service-error';

/** The path below which the cloud serves its own operations, which AWS does not have. */
export const LOCAL_PATH = '_local';

export interface EndpointParts {
  readonly callers: Callers;
  /** Returns the operations of all services. Throws while the cloud starts. */
  readonly operations: () => Operations;
}

interface Target {
  readonly operation: Operation;
  readonly parameters: readonly string[];
}

/** Serves the operations of all services on one port. */
export function serveEndpoint(parts: EndpointParts): Promise<Listening> {
  return listen((message, response) => handle(parts, message, response), 0);
}

async function handle(
  { callers, operations }: EndpointParts,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const body = ((await readBody(message)) ?? Buffer.alloc(0)).toString();
    rejectBrowsers(message);
    const { pathname, searchParams } = new URL(message.url ?? '/', 'http://local');
    const { operation, parameters } = find(operations(), message, pathname);
    const call: Call = {
      caller: callers.of(message.headers.authorization),
      input: body === '' ? {} : JSON.parse(body),
      query: searchParams,
      parameters,
    };
    const result = await operation(call);
    if (result instanceof Reply) sendJson(response, result.status, result.body);
    else sendJson(response, 200, result);
  } catch (error) {
    const known =
      error instanceof ServiceError ? error : new ServiceError(500, 'InternalFailure', String(error));
    response.setHeader('x-amzn-errortype', known.type);
    sendJson(response, known.status, { __type: known.type, message: known.message });
  }
}

function find(
  operations: Operations,
  { method = 'GET', headers }: IncomingMessage,
  pathname: string,
): Target {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') {
    const operation = operations[target];
    if (operation) return { operation, parameters: [] };
    throw new ServiceError(400, 'UnknownOperationException', `The local cloud does not emulate ${target}.`);
  }
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
