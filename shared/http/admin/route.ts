import type { APIGatewayProxyEvent } from 'aws-lambda';
import { createJsonBodyReader } from '../chain/json-body';
import { createRouter, type RouteMatch } from '../chain/router';
import type { Fields } from './fields';
import { Problem } from './problem';
import type { AdminRequest, DomainRequest } from './request';

/**
 * The access that a route requires of its caller: nothing (`public`), any valid credential (`anyone`), a role
 * in the domain that the path names (`viewer`, `owner`), or the role of an operator.
 */
export type Access = 'public' | 'anyone' | 'viewer' | 'owner' | 'operator';

export interface AdminResponse {
  readonly status: number;
  /** Sent as JSON. */
  readonly body?: object;
  /** Sent instead of `body`, with another media type. */
  readonly text?: { readonly mediaType: string; readonly content: string };
  readonly headers?: Readonly<Record<string, string>>;
}

/** A row of the admin API's route table. */
interface RouteRow<Path extends string, Body, Query, MayBeDeleted, Request> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/v1`, e.g. `/domains/{domainId}`. */
  readonly path: Path;
  readonly access: Access;
  /** True if somebody with a setup link may use the route for the domain of the link. @default false */
  readonly allowsSetupLink?: boolean;
  /**
   * True if a product with an events token may use the route, for the scope of its subscription. @default
   * false
   */
  readonly allowsProduct?: boolean;
  /**
   * True if a product may use the route for its own subscription, with a token that polls for SETs. @default
   * false
   */
  readonly allowsPoll?: boolean;
  /** Members of the body that only an operator may send. */
  readonly operatorOnly?: readonly string[];
  /** True if the route accepts a deleted domain, so that a failed deletion can be repeated. @default false */
  readonly mayBeDeleted?: MayBeDeleted;
  /**
   * Returns whether a request with this body flushes the authorizer's cache, which all domains share. An
   * owner can send only a few of these in a short time. @default no request does
   */
  readonly flushesCache?: (body: Body) => boolean;
  /** @default the body is not read */
  readonly body?: Fields<Body>;
  /** @default every query parameter is refused, except on public routes, which ignore them */
  readonly query?: Fields<Query>;
  readonly handle: (request: Request) => Promise<AdminResponse> | AdminResponse;
}

/** A row whose types are not known. The handler validates each request before it calls the row. */
export type AdminRoute = RouteRow<string, unknown, unknown, boolean, AdminRequest>;

export const ok = (body: object): AdminResponse => ({ status: 200, body });

/** The names of the parameters in the pattern of a path. */
type ParameterOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParameterOf<Rest>
  : never;

/** The request that a row gets: with a domain if its path names one, which must then exist. */
type RequestTo<Path extends string, Body, Query, MayBeDeleted> = Path extends `/domains/{domainId}${string}`
  ? MayBeDeleted extends true
    ? AdminRequest<Body, Query, ParameterOf<Path>>
    : DomainRequest<Body, Query, ParameterOf<Path>>
  : AdminRequest<Body, Query, ParameterOf<Path>>;

/** Creates a row, and derives the types of parameters, body, and query from its path and its schemas. */
export const route = <const Path extends string, Body, Query, MayBeDeleted extends boolean = false>(
  row: RouteRow<Path, Body, Query, MayBeDeleted, RequestTo<Path, Body, Query, MayBeDeleted>>,
): AdminRoute => row as unknown as AdminRoute;

export type AdminRouteMatch = RouteMatch<AdminRoute>;

/** Finds the route of a request to the admin API. */
export const findAdminRoute = createRouter<AdminRoute>({
  paths: 'exact',
  notFound: (path) =>
    Problem.notFound(
      `There is no endpoint at ${path.slice(0, 200)}. /admin/v1/openapi.json lists the endpoints.`,
    ),
  methodNotAllowed: (method, allowed) => Problem.methodNotAllowed(method, allowed),
});

const readBody = createJsonBodyReader({
  mediaTypes: ['application/json'],
  unsupportedMediaType: (detail) => Problem.unsupportedMediaType(detail),
  invalid: (detail) => Problem.invalid(detail),
});

/** Reads the body of a request to the admin API; a route's schema validates it later. */
export const readAdminBody = (event: APIGatewayProxyEvent): Promise<object> => readBody(event);
