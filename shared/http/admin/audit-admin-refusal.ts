import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { AuditEvent } from '../../store/audit/audit';
import { DEPLOYMENT } from '../../store/table/keys';
import type { Clock } from '../chain/clock';
import { refusedRequestEvent } from '../chain/refused-request';
import { roleIn } from './authorize';
import type { Problem } from './problem';
import { adminActor, adminCallerOf, type AdminCaller } from './request';
import type { AdminRouteMatch } from './route';

export interface AuditRefusalOptions {
  readonly exists: (domainId: string) => Promise<boolean>;
  readonly readOriginSecrets: () => Promise<readonly string[]>;
  readonly write: (domainId: string, event: AuditEvent) => Promise<void>;
  readonly now: Clock;
}

/**
 * Writes the audit event of a refused change into the log of its domain, or into the log of the deployment if
 * the path names no domain. A rate limit (429) leaves no event. Callers without a role in the domain leave
 * none either, so that strangers cannot write into its log.
 */
export async function auditAdminRefusal(
  { exists, readOriginSecrets, write, now }: AuditRefusalOptions,
  event: APIGatewayProxyEvent,
  { route, parameters }: AdminRouteMatch,
  { status, detail }: Problem,
): Promise<void> {
  if (route.method === 'GET' || status === 429 || status >= 500) return;
  const caller = adminCallerOf(event);
  const { domainId, connectionId } = parameters;
  if (domainId !== undefined && !(mayWriteInto(domainId, caller) && (await exists(domainId)))) return;
  const refused = {
    requestId: event.requestContext.requestId,
    actor: await adminActor(caller, event, readOriginSecrets),
    method: route.method,
    route: route.path,
    resourceId: resourceIn(parameters),
    ...(connectionId !== undefined && { connectionId }),
    status,
    detail,
  };
  await write(domainId ?? DEPLOYMENT, refusedRequestEvent(refused, now));
}

/** The parameters that name no resource of the audit log: its domain, and a part of a subscription. */
const OTHER_PARAMETERS = new Set(['domainId', 'secretId']);

/** Returns the id or the address of the resource that a path names: its last parameter. */
const resourceIn = (parameters: AdminRouteMatch['parameters']): string | undefined =>
  Object.entries(parameters)
    .filter(([name]) => !OTHER_PARAMETERS.has(name))
    .at(-1)?.[1];

const mayWriteInto = (domainId: string, { roles, setupDomainId }: AdminCaller): boolean =>
  roleIn(roles, domainId) !== undefined || setupDomainId === domainId;
