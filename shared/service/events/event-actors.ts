import { groupBy } from '../../group-by';
import type { EventActor } from '../../events/event';
import type { AuditEvent } from '../../store/audit/audit';
import { changedBy } from '../../store/licenses/license-write';
import type { IdSpan } from '../../store/audit/audit-range';
import { DEPLOYMENT } from '../../store/table/keys';
import type { RecordedChange } from './event-work';

export interface ActorSources {
  /** Returns the audit events of a domain, or of the deployment, whose ids were created within a span. */
  readonly auditEvents: (domainId: string, span: IdSpan) => Promise<readonly AuditEvent[]>;
}

/** A request creates the id of its audit event at most this long before the change, or after the time of the change. */
const MAX_REQUEST_MS = 30_000;
/** The times of records are in seconds, and clocks differ. */
const TOLERANCE_MS = 2_000;

/** The service that removes what deleted domains and groups leave behind, without audit events. */
const SWEEP: EventActor = { kind: 'system', name: 'sweep' };
const UNKNOWN: EventActor = { kind: 'unknown' };

/**
 * Returns who made each change. The audit events of the same time tell, so that the item of a change need not: it would
 * be larger. Reads the log once for all changes of a domain.
 */
export async function actorsOf(
  changes: readonly RecordedChange[],
  { auditEvents }: ActorSources,
): Promise<EventActor[]> {
  const open = changes.filter(({ actor }) => actor === undefined);
  const byLog = groupBy(open, logOf);
  const found = new Map<RecordedChange, EventActor>();
  for (const [domainId, ofLog] of byLog) {
    const events = await auditEvents(domainId, spanOf(ofLog));
    const byResource = groupBy(events, ({ resourceId }) => resourceId);
    for (const change of ofLog) {
      const event = closest(
        idsOf(change).flatMap((id) => byResource.get(id) ?? []),
        change.time,
      );
      found.set(change, event ? changedBy(event.actor) : isRemoval(change) ? SWEEP : UNKNOWN);
    }
  }
  return changes.map((change) => change.actor ?? found.get(change) ?? UNKNOWN);
}

/** The deletion of a domain is an event of the deployment, because the domain's log is deleted with it. */
const logOf = ({ type, domainId }: RecordedChange): string =>
  type === 'domain.deleted' ? DEPLOYMENT : domainId;

function spanOf(changes: readonly RecordedChange[]): IdSpan {
  const times = changes.map(({ time }) => Date.parse(time));
  return { from: Math.min(...times) - MAX_REQUEST_MS, to: Math.max(...times) + MAX_REQUEST_MS };
}

/** Returns the resources whose audit events can be those of a change. */
function idsOf({ subject, data }: RecordedChange): string[] {
  const members = 'userIds' in data ? data.userIds : [];
  return [subject.id, ...members];
}

/** Returns the event at exactly the time of a change, or else the one that is closest. */
function closest(events: readonly AuditEvent[], time: string): AuditEvent | undefined {
  const exact = events.find(({ at }) => at === time);
  if (exact) return exact;
  const distance = ({ at }: AuditEvent) => Math.abs(Date.parse(at) - Date.parse(time));
  return events
    .filter((event) => distance(event) <= MAX_REQUEST_MS + TOLERANCE_MS)
    .sort((a, b) => distance(a) - distance(b))[0];
}

const REMOVALS = new Set(['user.deleted', 'group.deleted', 'group.membersRemoved', 'license.ended']);
const isRemoval = ({ type }: RecordedChange): boolean => REMOVALS.has(type);
