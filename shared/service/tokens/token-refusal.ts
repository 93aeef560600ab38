import { newId } from '../../id';
import type { Actor, AuditEvent } from '../../store/audit/audit';
import type { TokenRefusal } from './token-issuer';

/** The request that was refused. */
export interface RefusedTokenRequest {
  readonly requestId: string;
  /** The status of the response. */
  readonly status: number;
  readonly sourceAddress?: string;
  readonly userAgent?: string;
}

/**
 * Returns the audit event of a refused request for an access token, and its domain. Returns undefined if the
 * client is unknown: it belongs to no domain.
 */
export function tokenRefusedEvent(
  { client, connection, check, reason }: TokenRefusal,
  { requestId, status, sourceAddress, userAgent }: RefusedTokenRequest,
  now: Date,
): { domainId: string; event: AuditEvent } | undefined {
  if (!client || !connection) return undefined;
  const { connectionId, name } = connection;
  const actor: Actor = {
    kind: 'scimKey',
    keyId: client.credentialId ?? connectionId,
    keyName: name,
    connectionId,
    ...(sourceAddress !== undefined && { sourceAddress }),
    ...(userAgent !== undefined && { userAgent }),
  };
  const event: AuditEvent = {
    id: newId(),
    at: now.toISOString(),
    action: 'token.refused',
    resourceId: connectionId,
    resourceName: name,
    requestId,
    actor,
    status,
    reason: `${check}: ${reason}`,
    request: 'POST /oauth2/token',
  };
  return { domainId: client.domainId, event };
}
