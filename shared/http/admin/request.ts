import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { AdminRoles } from '../../service/admin/admin-roles';
import { toWellFormed } from '../../scim/text';
import type { Actor } from '../../store/audit/audit';
import type { Domain } from '../../store/domains/domain-store';
import { lowerCaseNames } from '../chain/request';
import { Problem } from './problem';
import { sourceAddressOf } from './source-address';

/** The caller of a request, from the authorizer's context. */
export interface AdminCaller {
  /** `operator` for the admin token, else the ID of the portal user or of the setup link. */
  readonly id: string;
  readonly name?: string;
  readonly kind: 'adminToken' | 'user' | 'setupLink';
  readonly roles: AdminRoles;
  /** The domain of a setup link. Its caller has no roles: each route says whether a link may use it. */
  readonly setupDomainId?: string;
}

/** The caller of a public route. */
export const ANONYMOUS_CALLER: AdminCaller = {
  id: 'nobody',
  kind: 'user',
  roles: { operator: false, domains: {} },
};

/** A request as the routes see it. */
export interface AdminRequest<Body = unknown, Query = unknown> {
  readonly caller: AdminCaller;
  /** The decoded parameters of the route's pattern. */
  readonly parameters: Readonly<Record<string, string>>;
  /**
   * The domain that the path names. Missing if the path names none, or if the route accepts a deleted domain.
   */
  readonly domain: Domain;
  /** Validated by the route's schema. */
  readonly body: Body;
  readonly query: Query;
  /** The caller in the form of audit events. */
  readonly actor: Actor;
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
}

/** The authorizer's context, in which all values are strings. */
interface Context {
  readonly id?: string;
  readonly name?: string;
  readonly kind?: AdminCaller['kind'];
  readonly roles?: string;
  readonly setupDomainId?: string;
}

/** Returns the caller of a request. Throws 401 if no authorizer has identified one. */
export function adminCallerOf({ requestContext }: APIGatewayProxyEvent): AdminCaller {
  const { id, name, kind, roles, setupDomainId } = (requestContext.authorizer ?? {}) as Context;
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
  };
}

/** Returns the caller in the form of audit events; `readOriginSecret` as in `sourceAddressOf`. */
export async function adminActor(
  { id, name }: AdminCaller,
  event: APIGatewayProxyEvent,
  readOriginSecret: () => Promise<string | undefined>,
): Promise<Actor> {
  const sourceAddress = await sourceAddressOf(event, readOriginSecret);
  const userAgent = lowerCaseNames(event.headers)['user-agent'];
  return {
    kind: 'admin',
    id,
    ...(name && { name }),
    ...(sourceAddress && { sourceAddress }),
    ...(userAgent && { userAgent: toWellFormed(userAgent, 200) }),
    requestId: event.requestContext.requestId,
  };
}
