import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { ScimError } from '../../scim/error';
import type { RatePlanName } from '../../rate-plan';
import type { Json } from '../../scim/resource';
import type { RequestDiagnostics } from '../diagnostics/request-diagnostics';
import type { MiddlewareObj } from '@middy/core';

/** A part of the chain that every request goes through. */
export type Middleware = MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult>;

/** Who asks: the authorizer's context. */
export interface Principal {
  readonly domainId: string;
  readonly keyId: string;
  readonly keyName: string;
  readonly ratePlan: RatePlanName;
  /** RFC 3339; the authorizer's answer is cached, so the time is looked at again. */
  readonly expireTime?: string;
}

/** A request as the routes see it: API Gateway's event without its oddities. */
export interface ScimRequest {
  /** Upper case. */
  readonly method: string;
  /** Below the base URL, e.g. `/Users/42`. */
  readonly path: string;
  /** Ends in `/v2`. */
  readonly baseUrl: string;
  /** From the route's pattern. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Decoded once. */
  readonly query: Readonly<Record<string, string | undefined>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body?: Json;
  readonly principal: Principal;
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  readonly sourceAddress?: string;
  readonly userAgent?: string;
  /** Has the request count as so many of its rate plan instead of as one; throws 429 where those do not fit. */
  readonly chargeRequests: (requests: number) => Promise<void>;
  /** What the domain's administrators should know of. */
  readonly diagnostics: RequestDiagnostics;
}

/** API Gateway waits 29 s; what is under way when the time is over still has to end, and its answer to arrive. */
const TIME_LIMIT_MS = 24_000;

/** Milliseconds since the epoch: nothing more is begun after that. */
export const deadlineOf = ({ receivedAt }: ScimRequest): number => receivedAt + TIME_LIMIT_MS;

const BASE_PATH = /^(.*?\/v2)(\/.*)?$/;

/** `parameters`, `body` and `rest` come from the middlewares that know them. */
export function toScimRequest(
  event: APIGatewayProxyEvent,
  parameters: Readonly<Record<string, string>>,
  body: Json | undefined,
  rest: Pick<ScimRequest, 'chargeRequests' | 'diagnostics'>,
): ScimRequest {
  const headers = lowerCaseNames(event.headers);
  const [, base = event.requestContext.path, path = '/'] = BASE_PATH.exec(event.requestContext.path) ?? [];
  const scheme = headers['x-forwarded-proto'] ?? 'https';
  return {
    method: event.httpMethod,
    path,
    baseUrl: `${scheme}://${event.requestContext.domainName}${base}`,
    parameters,
    query: event.queryStringParameters ?? {},
    headers,
    body,
    principal: principalOf(event),
    requestId: event.requestContext.requestId,
    receivedAt: event.requestContext.requestTimeEpoch,
    sourceAddress: event.requestContext.identity.sourceIp,
    userAgent: headers['user-agent'],
    ...rest,
  };
}

/** The part of the path below the base URL; `/` for the base URL itself. */
export const pathBelowBase = (event: APIGatewayProxyEvent): string =>
  BASE_PATH.exec(event.requestContext.path)?.[2] ?? '/';

export function principalOf(event: APIGatewayProxyEvent): Principal {
  const context = event.requestContext.authorizer as Partial<Principal> | null | undefined;
  if (!context?.domainId || !context.keyId) {
    throw ScimError.unauthorized('Send a SCIM key as a bearer token in the header Authorization.');
  }
  const { domainId, keyId, keyName = '', ratePlan = 'standard', expireTime } = context;
  return { domainId, keyId, keyName, ratePlan, ...(expireTime && { expireTime }) };
}

export function lowerCaseNames(
  headers: APIGatewayProxyEvent['headers'] | null,
): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
}
