import type { APIGatewayProxyEvent } from 'aws-lambda';
import { ScimError } from '../../scim/error';
import { createJsonBodyReader } from './json-body';
import type { AnonymousRequest, Middleware, ScimRequest } from './request';
import type { ScimResponse } from './response';
import { createRouter, type RouteMatch } from './router';

/** A row of the SCIM API's route table. Only a route for anyone serves requests without a credential. */
export type ScimRoute = CredentialRoute | OpenRoute;

/** A route that needs a credential. */
export interface CredentialRoute extends RouteSettings {
  readonly access?: 'credential';
  readonly handle: Handle<ScimRequest>;
}

interface OpenRoute extends RouteSettings {
  readonly access: 'anyone';
  readonly handle: Handle<AnonymousRequest>;
}

type Handle<Request> = (request: Request) => Promise<ScimResponse> | ScimResponse;

interface RouteSettings {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'ANY';
  /** Below the base URL, e.g. `/Users/{id}`. */
  readonly path: string;
  /** `ignored` means that the body is not read. @default any JSON object */
  readonly body?: { readonly maxBytes: number } | 'ignored';
}

export type ScimRouteMatch = RouteMatch<ScimRoute>;

/** Creates the 404 error for a path that the SCIM API does not have. */
export const pathNotFound = (path: string): ScimError =>
  ScimError.notFound(
    `There is no endpoint at ${path.slice(0, 200)}. The base URL of a SCIM connection ends in /scim/v2.`,
  );

/**
 * Finds the route of a SCIM request. Paths are lenient because some clients change their case or add a slash.
 */
export const findScimRoute = createRouter<ScimRoute>({
  paths: 'lenient',
  notFound: pathNotFound,
  methodNotAllowed: (method, allowed) => ScimError.methodNotAllowed(method, allowed),
});

const METHODS_WITH_BODY = new Set(['POST', 'PUT', 'PATCH']);

const readBody = createJsonBodyReader({
  mediaTypes: ['application/scim+json', 'application/json'],
  unsupportedMediaType: (detail) => ScimError.unsupportedMediaType(detail),
  invalid: (detail) => ScimError.invalidSyntax(detail),
  dropsPrototypes: true,
});

/**
 * Replaces the body of POST, PUT, and PATCH by the parsed JSON. `bodyOf` returns the `body` of the request's
 * route.
 */
export function scimBody(
  bodyOf: (event: APIGatewayProxyEvent) => ScimRoute['body'] = () => undefined,
): Middleware {
  const before: Middleware['before'] = async ({ event }) => {
    const expected = bodyOf(event);
    if (!METHODS_WITH_BODY.has(event.httpMethod) || expected === 'ignored') return;
    const checkSize = (bytes: number): void => {
      if (expected && bytes > expected.maxBytes) throw bodyTooLarge(bytes, expected.maxBytes);
    };
    event.body = (await readBody(event, checkSize)) as never;
  };
  return { before };
}

const bodyTooLarge = (bytes: number, maxBytes: number): ScimError =>
  ScimError.payloadTooLarge(
    `The body has ${bytes} bytes, and at most ${maxBytes} are allowed. Nothing was changed. Split the bulk.`,
  );
