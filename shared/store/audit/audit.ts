import type { Json } from '../../scim/resource';
import { auditKey } from '../table/keys';
import type { Table } from '../table/table';
import { ITEM_IS_ABSENT, type Write } from '../table/write';

export const ACTOR_KINDS = ['scimKey', 'admin', 'system'] as const;

/** The author of a change: a client with its credential, an administrator, or the service itself. */
export type Actor =
  /** `keyId` is the id of the credential. An event that was read always has `connectionId`. */
  (
    | {
        readonly kind: 'scimKey';
        readonly keyId: string;
        readonly keyName?: string;
        readonly connectionId?: string;
      }
    /**
     * `id` comes from the identity provider of the portal. Only the admin token and the CLI have `operator`.
     */
    | { readonly kind: 'admin'; readonly id: string; readonly name?: string }
    /** `name` is a part of the service, e.g. `promotion`. */
    | { readonly kind: 'system'; readonly name: string }
  ) & {
    readonly sourceAddress?: string;
    readonly userAgent?: string;
    /** The request that makes the change. It is stored as the `requestId` of the event. */
    readonly requestId?: string;
  };

export const AUDIT_ACTIONS = [
  'user.created',
  'user.updated',
  'user.deleted',
  'group.created',
  'group.updated',
  'group.deleted',
  'license.promoted',
  'license.mailRequested',
  'license.keyReplaced',
  'license.evaluated',
  'mappings.changed',
  'address.cleared',
  'domain.created',
  'domain.updated',
  'domain.deleted',
  'connection.created',
  'connection.updated',
  'connection.revoked',
  'key.created',
  'key.revoked',
  'administrator.invited',
  'administrator.invitationWithdrawn',
  'administrator.added',
  'administrator.roleChanged',
  'administrator.removed',
  'secret.created',
  'secret.revoked',
  'trust.created',
  'trust.revoked',
  'token.refused',
  'setupLink.created',
  'setupLink.codeRequested',
  'setupLink.codeRefused',
  'setupLink.opened',
  'setupLink.revoked',
  'mail.redriven',
  'subscription.secretCreated',
  'subscription.secretRevoked',
  'subscription.tested',
  'subscription.replayed',
  'subscription.created',
  'subscription.changed',
  'subscription.tokenReplaced',
  'subscription.deleted',
  'request.refused',
  'simulation.started',
  'simulation.ended',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/**
 * The actions that version 0.1.0 does not know, and the action that it shows instead. It reads the log during
 * a deployment, and refuses unknown actions.
 */
const FORMER_ACTIONS: Partial<Record<AuditAction, AuditAction>> = {
  'connection.created': 'key.created',
  'connection.updated': 'key.created',
  'connection.revoked': 'key.revoked',
  'secret.created': 'key.created',
  'secret.revoked': 'key.revoked',
  'trust.created': 'key.created',
  'trust.revoked': 'key.revoked',
  'token.refused': 'request.refused',
  'setupLink.created': 'key.created',
  'setupLink.codeRequested': 'key.created',
  'setupLink.codeRefused': 'request.refused',
  'setupLink.opened': 'key.created',
  'setupLink.revoked': 'key.revoked',
  'simulation.started': 'key.created',
  'simulation.ended': 'key.revoked',
  'administrator.invited': 'domain.updated',
  'administrator.invitationWithdrawn': 'domain.updated',
  'administrator.added': 'domain.updated',
  'administrator.roleChanged': 'domain.updated',
  'administrator.removed': 'domain.updated',
  'subscription.secretCreated': 'domain.updated',
  'subscription.secretRevoked': 'domain.updated',
  'subscription.tested': 'domain.updated',
  'subscription.replayed': 'domain.updated',
  'license.evaluated': 'user.updated',
  'mappings.changed': 'domain.updated',
  'subscription.created': 'domain.updated',
  'subscription.changed': 'domain.updated',
  'subscription.tokenReplaced': 'domain.updated',
  'subscription.deleted': 'domain.updated',
};

/**
 * The effect of a change on a license. `pending`: it entered the queue for a seat. `withdrawn`: it left the
 * queue without a seat.
 */
export const LICENSE_OUTCOMES = ['activated', 'deactivated', 'pending', 'withdrawn'] as const;
export type LicenseOutcome = (typeof LICENSE_OUTCOMES)[number];

/** The two values of a change. */
export const SIDES = ['before', 'after'] as const;
type Side = (typeof SIDES)[number];

/**
 * A changed attribute. An absent value means that the attribute had or has no value. For `members` and
 * `groups`, `before` holds the removed ids and `after` the added ids.
 */
export interface AttributeChange {
  readonly attribute: string;
  readonly before?: Json;
  readonly after?: Json;
  /** Names the values that are not complete. */
  readonly truncated?: readonly Side[];
}

/** A record of one change, written in the transaction of the change. */
export interface AuditEvent {
  /** A UUIDv7, so that events sort by time. */
  readonly id: string;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly action: AuditAction;
  readonly resourceId: string;
  /**
   * The userName or displayName after the change, cut to 256 characters. Events of a license name its user.
   */
  readonly resourceName?: string;
  /** Absent if no request made the change. */
  readonly requestId?: string;
  readonly actor: Actor;
  /** The connection of the credential that the event is about. Absent if it has the id of the credential. */
  readonly connectionId?: string;
  readonly changes?: readonly AttributeChange[];
  /** The effect on the user's license in the same transaction. */
  readonly license?: LicenseOutcome;
  /** Ids in `members` or `groups` that do not exist in the domain, and were skipped. */
  readonly leftOut?: readonly string[];
  /**
   * The refused request: the HTTP status, the `detail` of the response, and the request, e.g.
   * `PATCH /Users/{id}`.
   */
  readonly status?: number;
  readonly reason?: string;
  readonly request?: string;
}

/**
 * Returns the write of an event, which expires `retentionDays` after its own time. The event marks its
 * change, so no transaction of another change may have an event with this id.
 */
export const auditWrite = (domainId: string, event: AuditEvent, retentionDays: number): Write => ({
  put: auditItem(domainId, event, retentionDays),
  condition: ITEM_IS_ABSENT,
  marksChange: true,
});

/** Writes an event outside a transaction, for requests that changed nothing. */
export async function putAudit(
  table: Table,
  domainId: string,
  event: AuditEvent,
  retentionDays: number,
): Promise<void> {
  await table.put(auditItem(domainId, event, retentionDays));
}

/** Returns the connection that made a change, or that was changed. */
export function connectionOf({ action, resourceId, actor, connectionId }: AuditEvent): string | undefined {
  if (connectionId !== undefined) return connectionId;
  // A SCIM key that was created alone is a connection of its own.
  if (/^(?:connection|token|key)\./.test(action)) return resourceId;
  return clientConnection(actor);
}

/**
 * Returns the connection whose client is the author of a change; undefined if an administrator or the service
 * is.
 */
export const clientConnection = (actor: Actor): string | undefined =>
  actor.kind === 'scimKey' ? (actor.connectionId ?? actor.keyId) : undefined;

function auditItem(domainId: string, { id, ...event }: AuditEvent, retentionDays: number) {
  const ttl = Math.floor(Date.parse(event.at) / 1000) + retentionDays * 86_400;
  const former = FORMER_ACTIONS[event.action];
  const requestId = event.requestId ?? event.actor.requestId;
  return {
    ...auditKey(domainId, id),
    ...event,
    ...(requestId !== undefined && { requestId }),
    actor: storedActor(event.actor),
    ...(former && { action: former, exactAction: event.action }),
    ttl,
  };
}

/**
 * Leaves out a connection that has the id of its credential, so that events of a single SCIM key need no more
 * space. Also leaves out the request, which the event has.
 */
function storedActor({ requestId: _ofEvent, ...actor }: Actor): Actor {
  if (actor.kind !== 'scimKey' || actor.connectionId !== actor.keyId) return actor;
  const { connectionId: _implied, ...stored } = actor;
  return stored;
}
