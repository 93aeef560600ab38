import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { AdminRoles } from '../../admin-roles';
import { toWellFormed } from '../../scim/text';
import type { Actor } from '../../store/audit/audit';
import type { Domain } from '../../store/domains/domain-store';
import { lowerCaseNames } from '../chain/request';
import { Problem } from './problem';
import { sourceAddressOf } from './source-address';

/** Who asks: what the authorizer found out. */
export interface AdminCaller {
  /** `operator` for the admin token, else the subject at the issuer. */
  readonly id: string;
  readonly name?: string;
  readonly kind: 'adminToken' | 'user';
  readonly roles: AdminRoles;
}

/** Who asks where nobody has to say. */
export const ANONYMOUS_CALLER: AdminCaller = {
  id: 'nobody',
  kind: 'user',
  roles: { operator: false, domains: {} },
};

/** A request as the routes see it. */
export interface AdminRequest<Body = unknown, Query = unknown> {
  readonly caller: AdminCaller;
  /** From the route's pattern, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The domain that the path names; there is none on a path without one, nor where the route takes a deleted one. */
  readonly domain: Domain;
  /** Checked by the route's schema. */
  readonly body: Body;
  readonly query: Query;
  /** The caller, as audit events have it. */
  readonly actor: Actor;
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
}

/** In the authorizer's context all values are texts. */
interface Context {
  readonly id?: string;
  readonly name?: string;
  readonly kind?: AdminCaller['kind'];
  readonly roles?: string;
}

export function adminCallerOf({ requestContext }: APIGatewayProxyEvent): AdminCaller {
  const { id, name, kind, roles } = (requestContext.authorizer ?? {}) as Context;
  if (!id || !kind || !roles)
    throw Problem.unauthorized('Sign in, or send the admin token as a bearer token.');
  return { id, ...(name && { name }), kind, roles: JSON.parse(roles) as AdminRoles };
}

/** The caller as audit events have it; `passage` as in `sourceAddressOf`. */
export async function adminActor(
  { id, name }: AdminCaller,
  event: APIGatewayProxyEvent,
  originSecret: () => Promise<string | undefined>,
): Promise<Actor> {
  const sourceAddress = await sourceAddressOf(event, originSecret);
  const userAgent = lowerCaseNames(event.headers)['user-agent'];
  return {
    kind: 'admin',
    id,
    ...(name && { name }),
    ...(sourceAddress && { sourceAddress }),
    ...(userAgent && { userAgent: toWellFormed(userAgent, 200) }),
  };
}
