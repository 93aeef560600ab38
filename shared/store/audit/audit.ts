import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Json } from '../../scim/resource';
import { auditKey } from '../table/keys';
import type { Table } from '../table/table';
import type { Write } from '../table/transaction';

/** Who made a change: a client with its SCIM key, an administrator, or the service itself; and from where. */
export type Actor = (
  | { readonly kind: 'scimKey'; readonly keyId: string; readonly keyName?: string }
  /** `id` is that of the identity provider of the portal, or `operator` for the admin token and the CLI. */
  | { readonly kind: 'admin'; readonly id: string; readonly name?: string }
  /** `name` of the part, e.g. `promotion`. */
  | { readonly kind: 'system'; readonly name: string }
) & {
  readonly sourceAddress?: string;
  readonly userAgent?: string;
};

export type AuditAction =
  | 'user.created'
  | 'user.updated'
  | 'user.deleted'
  | 'group.created'
  | 'group.updated'
  | 'group.deleted'
  | 'license.promoted'
  | 'license.mailRequested'
  | 'address.cleared'
  | 'domain.created'
  | 'domain.updated'
  | 'domain.deleted'
  | 'key.created'
  | 'key.revoked'
  | 'mail.redriven'
  | 'request.refused';

/** `pending`: it began to wait for a seat. `withdrawn`: it ended while it waited. */
export type LicenseOutcome = 'activated' | 'deactivated' | 'pending' | 'withdrawn';

/**
 * An attribute that a change touched; a value that was not there is left out. Of `members` and `groups`, `before` are the
 * ids that were taken out and `after` those that were put in.
 */
export interface AttributeChange {
  readonly attribute: string;
  readonly before?: Json;
  readonly after?: Json;
}

/** Written in the transaction of the change it tells of. */
export interface AuditEvent {
  /** UUIDv7, so that events sort by time. */
  readonly id: string;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly action: AuditAction;
  readonly resourceId: string;
  /** Of a user or its license the userName, of a group the displayName, as the change left it; the first 100 characters. */
  readonly resourceName?: string;
  /** Absent where no request made the change. */
  readonly requestId?: string;
  readonly actor: Actor;
  readonly changes?: readonly AttributeChange[];
  /** What happened to the user's license in the same transaction. */
  readonly license?: LicenseOutcome;
  /** Ids in `members` or `groups` that name nothing of the domain, and were left out. */
  readonly leftOut?: readonly string[];
  /** Of a refusal: HTTP status, the detail that the client was given, and what it asked for, e.g. `PATCH /Users/{id}`. */
  readonly status?: number;
  readonly reason?: string;
  readonly request?: string;
}

/** `retentionDays` from the event's own time. */
export const auditWrite = (domainId: string, event: AuditEvent, retentionDays: number): Write => ({
  Put: { Item: auditItem(domainId, event, retentionDays) },
});

/** Writes an event of what changed nothing, so that there is no transaction for it. */
export async function putAudit(
  table: Table,
  domainId: string,
  event: AuditEvent,
  retentionDays: number,
): Promise<void> {
  const Item = auditItem(domainId, event, retentionDays);
  await table.client.send(new PutCommand({ TableName: table.name, Item }));
}

function auditItem(domainId: string, { id, ...event }: AuditEvent, retentionDays: number): object {
  const ttl = Math.floor(Date.parse(event.at) / 1000) + retentionDays * 86_400;
  return { ...auditKey(domainId, id), ...event, ttl };
}
