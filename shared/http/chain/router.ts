import { ScimError } from '../../scim/error';
import type { ScimRequest } from './request';
import type { ScimResponse } from './response';

/** One row of a route table. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'ANY';
  /** Below the base URL, e.g. `/Users/{id}`; compared without case. */
  readonly path: string;
  /** `ignored` where it does not matter what the body is, or that there is none. @default any JSON object */
  readonly body?: { readonly maxBytes: number } | 'ignored';
  readonly handle: (request: ScimRequest) => Promise<ScimResponse> | ScimResponse;
}

export interface RouteMatch {
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Finds the route of a request: 404 where no route has the path, 405 where one has it for another method. A path that is
 * written out, such as `/Users/.search`, is none of a resource, whatever the method.
 */
export function findRoute(routes: readonly Route[], method: string, path: string): RouteMatch {
  const segments = path.split('/').filter((segment) => segment !== '');
  const matching = routes.flatMap((route) => {
    const parameters = match(route.path, segments);
    return parameters ? [{ route, parameters }] : [];
  });
  if (matching.length === 0) throw pathNotFound(path);
  const written = matching.filter(({ parameters }) => Object.keys(parameters).length === 0);
  const here = written.length > 0 ? written : matching;
  const found = here.find(({ route }) => route.method === method || route.method === 'ANY');
  if (found) return found;
  throw ScimError.methodNotAllowed(
    method,
    here.map(({ route }) => route.method),
  );
}

export const pathNotFound = (path: string): ScimError =>
  ScimError.notFound(
    `There is nothing at ${path.slice(0, 200)}. The base URL of the SCIM connection ends in /scim/v2.`,
  );

function match(pattern: string, segments: readonly string[]): Record<string, string> | undefined {
  const wanted = pattern.split('/').filter((segment) => segment !== '');
  if (wanted.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [at, want] of wanted.entries()) {
    const segment = segments[at] ?? '';
    if (want.startsWith('{')) parameters[want.slice(1, -1)] = decode(segment);
    else if (want.toLowerCase() !== segment.toLowerCase()) return undefined;
  }
  return parameters;
}

/** `requestContext.path` is as the client sent it, still encoded. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
