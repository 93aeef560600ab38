import type { Fields } from './fields';
import { Problem } from './problem';
import type { AdminRequest } from './request';

/** What it takes to use a route: nothing, any good credential, a role in the domain that the path names, or the operator's. */
export type Access = 'public' | 'anyone' | 'viewer' | 'owner' | 'operator';

export interface AdminResponse {
  readonly status: number;
  readonly body?: object;
  /** Instead of `body`: what is no JSON. */
  readonly text?: { readonly mediaType: string; readonly content: string };
  readonly headers?: Readonly<Record<string, string>>;
}

/** One row of the route table. */
export interface AdminRoute<Body = unknown, Query = unknown> {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below `/v1`, e.g. `/domains/{domainId}`. */
  readonly path: string;
  readonly access: Access;
  /** Members of the body that only an operator may send. */
  readonly operatorOnly?: readonly string[];
  /** Whether the domain of the path may be deleted already, since a deletion that failed is repeated. @default false */
  readonly mayBeDeleted?: boolean;
  /** @default no body is read */
  readonly body?: Fields<Body>;
  /** @default parameters mean nothing */
  readonly query?: Fields<Query>;
  readonly handle: (request: AdminRequest<Body, Query>) => Promise<AdminResponse> | AdminResponse;
}

export const ok = (body: object): AdminResponse => ({ status: 200, body });

/** Ties the types of body and query to the schemas of the row. */
export const route = <Body, Query>(row: AdminRoute<Body, Query>): AdminRoute => row as unknown as AdminRoute;

export interface AdminRouteMatch {
  readonly route: AdminRoute;
  readonly parameters: Readonly<Record<string, string>>;
}

/** 404 where no route has the path, 405 where one has it for another method. */
export function findAdminRoute(routes: readonly AdminRoute[], method: string, path: string): AdminRouteMatch {
  const segments = path.split('/').slice(1);
  const matching = routes.flatMap((candidate) => {
    const parameters = match(candidate.path, segments);
    return parameters ? [{ route: candidate, parameters }] : [];
  });
  const found = matching.find(({ route: { method: own } }) => own === method);
  if (found) return found;
  if (matching.length > 0) {
    throw Problem.methodNotAllowed(
      method,
      matching.map(({ route: { method: own } }) => own),
    );
  }
  throw Problem.notFound(
    `There is nothing at ${path.slice(0, 200)}. /admin/v1/openapi.json describes what there is.`,
  );
}

function match(pattern: string, segments: readonly string[]): Record<string, string> | undefined {
  const wanted = pattern.split('/').slice(1);
  if (wanted.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [at, want] of wanted.entries()) {
    const segment = segments[at] ?? '';
    if (!want.startsWith('{')) {
      if (want !== segment) return undefined;
    } else if (segment === '') return undefined;
    else parameters[want.slice(1, -1)] = decode(segment);
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
