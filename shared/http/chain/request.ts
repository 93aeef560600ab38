import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { isSimulationId } from '../../id';
import type { RatePlanName } from '../../limits/rate-plan';
import { ScimError } from '../../scim/error';
import { canonicalParameters } from '../../scim/input/search-request';
import { toWellFormed } from '../../scim/text';
import type { Json } from '../../scim/resource';
import { WorkBudget } from '../../scim/work';
import type { Caller } from '../../service/resources/caller';
import type { Actor } from '../../store/audit/audit';
import type { RequestDiagnostics } from '../diagnostics/request-diagnostics';
import { readQuery } from './query';

/** A part of the chain that every request passes through. */
export type Middleware = MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult>;

/** The client of a request, from the authorizer's context. */
export interface Principal {
  readonly domainId: string;
  /** The id of the credential. */
  readonly keyId: string;
  readonly keyName: string;
  /** The connection of the credential. A SCIM key that was created alone is its own connection. */
  readonly connectionId: string;
  readonly ratePlan: RatePlanName;
  /** The version of the domain's mappings; absent if it never had any. */
  readonly mappingsVersion?: string;
  /** RFC 3339. Checked again for each request, because API Gateway caches the authorizer's result. */
  readonly expireTime?: string;
}

/** A SCIM request as the routes see it, independent of API Gateway's event format. */
export interface ScimRequest extends AnonymousRequest {
  readonly principal: Principal;
  /** Charges this many requests against the rate plan instead of one. Throws 429 if they exceed the limit. */
  readonly chargeRequests: (requests: number) => Promise<void>;
  /** Records problems that the domain's administrators should know of. */
  readonly diagnostics: RequestDiagnostics;
  /** The comparisons that the request may still make, with all operations of a bulk. */
  readonly work: WorkBudget;
}

/** A SCIM request that may come without a credential. */
export interface AnonymousRequest {
  /** Upper case. */
  readonly method: string;
  /** Below the base URL, e.g. `/Users/42`. */
  readonly path: string;
  /** Ends in `/v2`. */
  readonly baseUrl: string;
  /** The parameters of the route's pattern. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Decoded once. Names that the RFC defines have its spelling. */
  readonly query: Readonly<Record<string, string | undefined>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body?: Json;
  readonly principal?: Principal;
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  readonly sourceAddress?: string;
  readonly userAgent?: string;
}

/** API Gateway waits 29 s. The difference leaves time to finish running work and to send the response. */
const TIME_LIMIT_MS = 24_000;

/** Returns when the request must start no more work, in milliseconds since the epoch. */
export const deadlineOf = ({ receivedAt }: ScimRequest): number => receivedAt + TIME_LIMIT_MS;

const BASE_PATH = /^(.*?\/v2)(\/.*)?$/;

/**
 * Converts an event to a request. `fromMiddlewares` holds what the event itself does not contain. Throws 400
 * `invalidSyntax` if the query is not UTF-8.
 */
export function toScimRequest(
  event: APIGatewayProxyEvent,
  parameters: Readonly<Record<string, string>>,
  body: Json | undefined,
  fromMiddlewares: Pick<ScimRequest, 'chargeRequests' | 'diagnostics'>,
): ScimRequest {
  const request = toAnonymousRequest(event, parameters, body);
  return {
    ...request,
    principal: request.principal ?? principalOf(event),
    work: new WorkBudget(),
    ...fromMiddlewares,
  };
}

/** Converts an event that may have no principal. Throws as `toScimRequest` does. */
export function toAnonymousRequest(
  event: APIGatewayProxyEvent,
  parameters: Readonly<Record<string, string>>,
  body: Json | undefined,
): AnonymousRequest {
  const headers = lowerCaseNames(event.headers);
  const [, base = event.requestContext.path, path = '/'] = BASE_PATH.exec(event.requestContext.path) ?? [];
  const scheme = headers['x-forwarded-proto'] ?? 'https';
  return {
    method: event.httpMethod,
    path,
    baseUrl: `${scheme}://${event.requestContext.domainName}${base}`,
    parameters,
    query: canonicalParameters(
      readQuery(event.queryStringParameters, (detail) => ScimError.invalidSyntax(detail)),
    ),
    headers,
    body,
    ...(hasPrincipal(event) && { principal: principalOf(event) }),
    requestId: event.requestContext.requestId,
    receivedAt: event.requestContext.requestTimeEpoch,
    sourceAddress: event.requestContext.identity.sourceIp,
    userAgent: headers['user-agent'],
  };
}

/** Returns the part of the path below the base URL; `/` for the base URL itself. */
export const scimPathOf = (event: APIGatewayProxyEvent): string =>
  BASE_PATH.exec(event.requestContext.path)?.[2] ?? '/';

/** Returns whether the client is known. It is not if a method without an authorizer got no credential. */
export const hasPrincipal = ({ requestContext: { authorizer } }: APIGatewayProxyEvent): boolean =>
  Boolean(authorizer?.domainId && authorizer.keyId);

/** Returns the client of a request. Throws 401 if no authorizer has identified it. */
export function principalOf(event: APIGatewayProxyEvent): Principal {
  const context = event.requestContext.authorizer as Partial<Principal> | null | undefined;
  if (!context?.domainId || !context.keyId) {
    throw ScimError.unauthorized(
      'The request has no valid SCIM key. Send the key as a bearer token in the header Authorization.',
    );
  }
  const { domainId, keyId, keyName = '', ratePlan = 'standard', expireTime } = context;
  // A response that the authorizer of an earlier version gave, and that API Gateway has cached, has no
  // connection.
  const { connectionId = keyId, mappingsVersion } = context;
  return {
    ...{ domainId, keyId, keyName, connectionId, ratePlan },
    ...(mappingsVersion && { mappingsVersion }),
    ...(expireTime && { expireTime }),
  };
}

/** Returns the caller of the services. `shows` tells which attributes the response contains. */
export function scimCallerOf(
  request: ScimRequest,
  shows: Caller['shows'],
  requires?: Caller['requires'],
): Caller {
  const { principal, requestId, baseUrl, sourceAddress, userAgent, diagnostics, work } = request;
  return {
    domainId: principal.domainId,
    ...(isSimulationId(principal.keyId) && { isSimulation: true }),
    ...(principal.mappingsVersion !== undefined && { hasMappings: true }),
    requestId,
    baseUrl,
    shows,
    requires,
    deadline: deadlineOf(request),
    work,
    diagnostics,
    actor: actorOf(principal, sourceAddress, userAgent),
  };
}

/** Returns the client as the actor of audit events. */
export const actorOf = (
  { keyId, keyName, connectionId }: Principal,
  sourceAddress: string | undefined,
  userAgent: string | undefined,
): Actor => ({
  kind: 'scimKey',
  keyId,
  connectionId,
  ...(keyName && { keyName }),
  ...(sourceAddress && { sourceAddress }),
  ...(userAgent && { userAgent: toWellFormed(userAgent, 200) }),
});

/** Returns the value of a header, whose name is given in lower case. */
export function headerOf(
  { headers }: Pick<APIGatewayProxyEvent, 'headers'>,
  lowerCaseName: string,
): string | undefined {
  let value: string | undefined;
  for (const name in headers) if (name.toLowerCase() === lowerCaseName) value = headers[name];
  return value;
}

/** Returns the headers with their names in lower case: API Gateway keeps the case that the client sent. */
export function lowerCaseNames(
  headers: APIGatewayProxyEvent['headers'] | null,
): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
}
