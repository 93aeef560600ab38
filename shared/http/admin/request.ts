import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { AdminRoles } from '../../service/admin/admin-roles';
import { toWellFormed } from '../../scim/text';
import type { EventType } from '../../events/event-types';
import type { Actor } from '../../store/audit/audit';
import type { EventContent } from '../../store/consumers/change-consumers';
import type { Domain } from '../../store/domains/domain-store';
import { DEPLOYMENT } from '../../store/table/keys';
import { headerOf } from '../chain/request';
import { Problem } from './problem';
import { sourceAddressOf } from './source-address';

/** The caller of a request, from the authorizer's context. */
export interface AdminCaller {
  /** `operator` for the admin token, else the ID of the portal user, the setup link, or the subscription. */
  readonly id: string;
  readonly name?: string;
  readonly kind: 'adminToken' | 'user' | 'setupLink' | 'product';
  readonly roles: AdminRoles;
  /** The domain of a setup link. Its caller has no roles: each route says whether a link may use it. */
  readonly setupDomainId?: string;
  /** The feed that the events token of a product reads. Its caller has no roles. */
  readonly feed?: CallerFeed;
  /**
   * The scope of the subscription for which the token of a product polls: the id of a domain, or
   * `DEPLOYMENT`.
   */
  readonly pollScope?: string;
}

/** The feed of a product, as its subscription describes it. */
interface CallerFeed {
  /** The id of a domain, or `DEPLOYMENT`. */
  readonly scope: string;
  readonly content: EventContent;
  /** Absent for all types. */
  readonly types?: readonly EventType[];
}

/** The caller of a public route. */
export const ANONYMOUS_CALLER: AdminCaller = {
  id: 'nobody',
  kind: 'user',
  roles: { operator: false, domains: {} },
};

/** A request as the routes see it. */
export interface AdminRequest<Body = unknown, Query = unknown, Parameter extends string = string> {
  readonly caller: AdminCaller;
  /** The decoded parameters of the route's pattern. */
  readonly parameters: Readonly<Record<Parameter, string>>;
  /**
   * The domain that the path names. Absent if the path names none, or if the route accepts a deleted domain.
   */
  readonly domain?: Domain;
  /** Validated by the route's schema. */
  readonly body: Body;
  readonly query: Query;
  /** The caller in the form of audit events. */
  readonly actor: Actor;
  readonly requestId: string;
  /** The URL of the admin API, which ends in `/admin/v1`, even if the request came through the portal. */
  readonly adminUrl: string;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
}

/** A request to a path below a domain, which exists. */
export interface DomainRequest<
  Body = unknown,
  Query = unknown,
  Parameter extends string = string,
> extends AdminRequest<Body, Query, Parameter> {
  readonly domain: Domain;
}

/** Returns the id of the domain of a request, or `DEPLOYMENT` if its path names no domain. */
export const scopeOfRequest = ({ domain }: Pick<AdminRequest, 'domain'>): string =>
  domain?.domainId ?? DEPLOYMENT;

/** The authorizer's context, in which all values are strings. */
interface Context {
  readonly id?: string;
  readonly name?: string;
  readonly kind?: AdminCaller['kind'];
  readonly roles?: string;
  readonly setupDomainId?: string;
  /** JSON of `CallerFeed`. */
  readonly feed?: string;
  readonly pollScope?: string;
}

/** Returns the caller of a request. Throws 401 if no authorizer has identified one. */
export function adminCallerOf({ requestContext }: APIGatewayProxyEvent): AdminCaller {
  const { id, name, kind, roles, setupDomainId, feed, pollScope } = (requestContext.authorizer ??
    {}) as Context;
  if (!id || !kind || !roles)
    throw Problem.unauthorized(
      'The request has no valid credential. Sign in, or send the admin token as a bearer token.',
    );
  return {
    id,
    ...(name && { name }),
    kind,
    roles: JSON.parse(roles) as AdminRoles,
    ...(setupDomainId && { setupDomainId }),
    ...(feed && { feed: JSON.parse(feed) as CallerFeed }),
    ...(pollScope && { pollScope }),
  };
}

const ADMIN_BASE = /^.*?\/v1(?=\/|$)/;

/** Returns the URL of the admin API at which API Gateway got a request. */
export function adminUrlOf(event: APIGatewayProxyEvent): string {
  const { domainName, path } = event.requestContext;
  const scheme = headerOf(event, 'x-forwarded-proto') ?? 'https';
  return `${scheme}://${domainName}${ADMIN_BASE.exec(path)?.[0] ?? ''}`;
}

/** Returns the path of a request below the URL of the admin API. */
export const adminPathOf = ({ requestContext }: APIGatewayProxyEvent): string =>
  requestContext.path.replace(ADMIN_BASE, '');

/** Returns the caller in the form of audit events; `readOriginSecrets` as in `sourceAddressOf`. */
export async function adminActor(
  { id, name }: AdminCaller,
  event: APIGatewayProxyEvent,
  readOriginSecrets: () => Promise<readonly string[]>,
): Promise<Actor> {
  const sourceAddress = await sourceAddressOf(event, readOriginSecrets);
  const userAgent = headerOf(event, 'user-agent');
  return {
    kind: 'admin',
    id,
    ...(name && { name }),
    ...(sourceAddress && { sourceAddress }),
    ...(userAgent && { userAgent: toWellFormed(userAgent, 200) }),
    requestId: event.requestContext.requestId,
  };
}
