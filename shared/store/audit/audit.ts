import type { Json } from '../../scim/resource';
import { auditKey } from '../table/keys';
import type { Table } from '../table/table';
import type { Write } from '../table/write';

export const ACTOR_KINDS = ['scimKey', 'admin', 'system'] as const;

/** The author of a change: a client with its SCIM key, an administrator, or the service itself. */
export type Actor = (
  | { readonly kind: 'scimKey'; readonly keyId: string; readonly keyName?: string }
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
  'address.cleared',
  'domain.created',
  'domain.updated',
  'domain.deleted',
  'key.created',
  'key.revoked',
  'mail.redriven',
  'request.refused',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

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

/** Returns the write of an event, which expires `retentionDays` after its own time. */
export const auditWrite = (domainId: string, event: AuditEvent, retentionDays: number): Write => ({
  put: auditItem(domainId, event, retentionDays),
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

function auditItem(domainId: string, { id, actor, ...event }: AuditEvent, retentionDays: number) {
  const ttl = Math.floor(Date.parse(event.at) / 1000) + retentionDays * 86_400;
  const { requestId = event.requestId, ...author } = actor;
  return {
    ...auditKey(domainId, id),
    ...event,
    ...(requestId !== undefined && { requestId }),
    actor: author,
    ttl,
  };
}
