import type { APIGatewayProxyEvent } from 'aws-lambda';
import { newId } from '../../id';
import { toWellFormed } from '../../scim/text';
import type { AuditEvent } from '../../store/audit/audit';
import { DEPLOYMENT } from '../../store/table/keys';
import { roleIn } from './access';
import type { Problem } from './problem';
import { adminActor, adminCallerOf } from './request';
import type { AdminRouteMatch } from './route';

export interface AuditRefusalOptions {
  readonly exists: (domainId: string) => Promise<boolean>;
  readonly originSecret: () => Promise<string | undefined>;
  readonly write: (domainId: string, event: AuditEvent) => Promise<void>;
}

/** Texts of clients are in it. */
const MAX_REASON_LENGTH = 1_000;
const MAX_ID_LENGTH = 200;

/**
 * Writes an audit event of a change that was refused: to the log of its domain, if there is that domain and the caller has a role
 * in it, so that strangers write nothing there; of what is about no domain, to that of the deployment.
 */
export async function auditRefusal(
  { exists, originSecret, write }: AuditRefusalOptions,
  event: APIGatewayProxyEvent,
  { route, parameters }: AdminRouteMatch,
  { status, detail }: Problem,
): Promise<void> {
  if (route.method === 'GET' || status >= 500) return;
  const caller = adminCallerOf(event);
  const { domainId, userId, keyId, address } = parameters;
  if (domainId !== undefined && !(roleIn(caller.roles, domainId) && (await exists(domainId)))) return;
  await write(domainId ?? DEPLOYMENT, {
    id: newId(),
    at: new Date().toISOString(),
    action: 'request.refused',
    resourceId: toWellFormed(userId ?? keyId ?? address ?? '', MAX_ID_LENGTH),
    requestId: event.requestContext.requestId,
    actor: await adminActor(caller, event, originSecret),
    request: `${route.method} ${route.path}`,
    status,
    reason: toWellFormed(detail, MAX_REASON_LENGTH),
  });
}
