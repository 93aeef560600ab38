import type { APIGatewayProxyEvent } from 'aws-lambda';
import { newId } from '../../id';
import { wellFormed } from '../../scim/input/well-formed';
import type { AuditEvent } from '../../store/audit/audit';
import { DEPLOYMENT } from '../../store/table/keys';
import { roleIn } from './access';
import type { Problem } from './problem';
import { adminActor, adminCallerOf } from './request';
import type { AdminRouteMatch } from './route';

export interface RefusalOptions {
  readonly exists: (domainId: string) => Promise<boolean>;
  readonly passage: () => Promise<string | undefined>;
  readonly write: (domainId: string, event: AuditEvent) => Promise<void>;
}

/** Texts of clients are in it. */
const LONGEST_REASON = 1_000;
const LONGEST_ID = 200;

/**
 * Writes an audit event of a change that was refused: to the log of its domain, if there is that domain and the caller has a role
 * in it, so that strangers write nothing there; of what is about no domain, to that of the deployment.
 */
export async function auditRefusal(
  { exists, passage, write }: RefusalOptions,
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
    resourceId: wellFormed(userId ?? keyId ?? address ?? '', LONGEST_ID),
    requestId: event.requestContext.requestId,
    actor: await adminActor(caller, event, passage),
    request: `${route.method} ${route.path}`,
    status,
    reason: wellFormed(detail, LONGEST_REASON),
  });
}
