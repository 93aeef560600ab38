import { newId } from '../../id';
import { toWellFormed, truncate } from '../../scim/text';
import type { Actor, AuditEvent } from '../../store/audit/audit';
import type { Clock } from './clock';

/** A change that an API refused with a 4xx. */
export interface RefusedRequest {
  readonly requestId: string;
  readonly actor: Actor;
  readonly method: string;
  /** The pattern of the path. */
  readonly route: string;
  /** The id that the path names, if any. */
  readonly resourceId?: string;
  /** The connection that the path names, if any. */
  readonly connectionId?: string;
  readonly status: number;
  readonly detail: string;
}

/**
 * Both may contain text that the client chose. An address of at most 254 characters is an ID, and stays
 * whole.
 */
const MAX_REASON_LENGTH = 1_000;
const MAX_ID_LENGTH = 254;

/** Creates the audit event of a refused change. */
export const refusedRequestEvent = (refused: RefusedRequest, now: Clock): AuditEvent => ({
  id: newId(),
  at: new Date(now()).toISOString(),
  action: 'request.refused',
  resourceId: toWellFormed(refused.resourceId ?? '', MAX_ID_LENGTH),
  requestId: refused.requestId,
  actor: refused.actor,
  ...(refused.connectionId !== undefined && {
    connectionId: toWellFormed(refused.connectionId, MAX_ID_LENGTH),
  }),
  request: `${refused.method} ${refused.route}`,
  status: refused.status,
  reason: truncate(refused.detail, MAX_REASON_LENGTH),
});
