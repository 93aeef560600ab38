import { groupBy } from '../../group-by';
import type { EventActor } from '../../events/event';
import type { AuditEvent } from '../../store/audit/audit';
import type { IdSpan } from '../../store/audit/audit-range';
import { changedBy } from '../../store/licenses/license-write';
import { DEPLOYMENT } from '../../store/table/keys';
import { findAuditEvents } from './audit-search';
import type { RecordedChange } from './event-work';

export interface ActorSources {
  /**
   * Reads the audit events of a domain, or of the deployment, whose ids were created within a span, oldest
   * first, page by page. Without `pageSize`, a page is as large as possible.
   */
  readonly auditEvents: (
    domainId: string,
    span: IdSpan,
    pageSize?: number,
  ) => AsyncIterable<readonly AuditEvent[]>;
}

/** The service that removes what deleted domains and groups leave behind, without audit events. */
const SWEEP: EventActor = { kind: 'system', name: 'sweep' };
const UNKNOWN: EventActor = { kind: 'unknown' };

/**
 * Returns who made each change. The audit events of the same time tell, so that the item of a change need
 * not: it would be larger. Reads the log once for all changes of a domain.
 */
export async function actorsOf(
  changes: readonly RecordedChange[],
  { auditEvents }: ActorSources,
): Promise<ReadonlyMap<RecordedChange, EventActor>> {
  const actors = new Map<RecordedChange, EventActor>();
  const open = changes.filter(({ actor }) => actor === undefined);
  for (const [domainId, ofLog] of groupBy(open, logOf)) {
    const events = await findAuditEvents(ofLog, (...range) => auditEvents(domainId, ...range));
    for (const change of ofLog) {
      const event = events.get(change);
      actors.set(change, event ? changedBy(event.actor) : isRemoval(change) ? SWEEP : UNKNOWN);
    }
  }
  for (const change of changes) if (change.actor) actors.set(change, change.actor);
  return actors;
}

/** The deletion of a domain is an event of the deployment, because the domain's log is deleted with it. */
const logOf = ({ type, domainId }: RecordedChange): string =>
  type === 'domain.deleted' ? DEPLOYMENT : domainId;

const REMOVALS = new Set(['user.deleted', 'group.deleted', 'group.membersRemoved', 'license.ended']);
const isRemoval = ({ type }: RecordedChange): boolean => REMOVALS.has(type);
