import { groupBy } from '../../group-by';
import { timeOfId } from '../../id';
import type { AuditEvent } from '../../store/audit/audit';
import type { IdSpan } from '../../store/audit/audit-range';
import type { RecordedChange } from './event-work';

/** Reads the audit events of a log whose ids were created within a span, oldest first, page by page. */
export type ReadAuditEvents = (span: IdSpan, pageSize?: number) => AsyncIterable<readonly AuditEvent[]>;

/**
 * A request creates the id of its audit event at most this long before the change, or after the time of the
 * change.
 */
const MAX_REQUEST_MS = 30_000;
/** The times of records are in seconds, and clocks differ. */
const TOLERANCE_MS = 2_000;
/** A request nearly always creates the id of its audit event at most this long before the change. */
const USUAL_REQUEST_MS = 1_000;

/**
 * A page of the log has at least this number of events, so that other events of the domain do not make more
 * calls.
 */
const MIN_PAGE_SIZE = 10;

/** The log around the times of changes, in milliseconds. */
interface Surroundings {
  readonly before: number;
  readonly after: number;
}
const NEAR: Surroundings = { before: USUAL_REQUEST_MS, after: TOLERANCE_MS };
/** A log takes at most 500 events a second, so a minute of it is at most about 40 pages of 1 MB. */
const FAR: Surroundings = { before: MAX_REQUEST_MS, after: MAX_REQUEST_MS };

/**
 * Finds the audit events of changes in one log. Reads little more than these events, however many others
 * there are: a wider part of the log is read only for changes whose events are not where they usually are.
 */
export async function findAuditEvents(
  changes: readonly RecordedChange[],
  read: ReadAuditEvents,
): Promise<ReadonlyMap<RecordedChange, AuditEvent>> {
  const [exact, others] = [changes.filter(hasExactTime), changes.filter((change) => !hasExactTime(change))];
  const found = new Map([...(await findExact(exact, read)), ...(await findClosest(others, read, NEAR))]);
  const missing = changes.filter((change) => !found.has(change));
  for (const [change, event] of await findClosest(missing, read, FAR)) found.set(change, event);
  return found;
}

/**
 * Returns whether the item of a change has its time. Other changes have that of their record, which is in
 * seconds.
 */
const hasExactTime = ({ time }: RecordedChange): boolean => !time.endsWith('.000Z');

/**
 * Finds the events that have exactly the times of their changes. Their ids were created just after that. Each
 * page begins at a change whose event is not found yet, so the log between changes that are far apart is not
 * read.
 */
async function findExact(
  changes: readonly RecordedChange[],
  read: ReadAuditEvents,
): Promise<Map<RecordedChange, AuditEvent>> {
  const found = new Map<RecordedChange, AuditEvent>();
  const byTime = groupBy(changes, ({ time }) => time);
  const open = new Set([...changes].sort((one, other) => (one.time < other.time ? -1 : 1)));
  const take = (event: AuditEvent): void => {
    const ofEvent = (byTime.get(event.at) ?? []).filter((change) => idsOf(change).includes(event.resourceId));
    for (const change of ofEvent) if (open.delete(change)) found.set(change, event);
  };
  let readTo = 0;
  for (const change of open) {
    const from = Math.max(timeOf(change), readTo);
    const to = timeOf(change) + MAX_REQUEST_MS;
    const pages = from < to ? read({ from, to }, Math.max(MIN_PAGE_SIZE, open.size)) : [];
    for await (const events of pages) {
      events.forEach(take);
      const last = events.at(-1);
      if (last) readTo = timeOfId(last.id).getTime();
      if (!open.has(change)) break;
    }
    // A change that is still open has no such event. The next one need not read the same part of the log
    // again.
    if (open.delete(change)) readTo = Math.max(readTo, to);
  }
  return found;
}

/** Finds the events of the same resources that are closest to the times of changes. */
async function findClosest(
  changes: readonly RecordedChange[],
  read: ReadAuditEvents,
  surroundings: Surroundings,
): Promise<Map<RecordedChange, AuditEvent>> {
  const byResource = new Map(changes.flatMap(idsOf).map((id) => [id, new Array<AuditEvent>()]));
  for (const span of spansAround(changes, surroundings))
    for await (const events of read(span))
      for (const event of events) byResource.get(event.resourceId)?.push(event);
  const found = new Map<RecordedChange, AuditEvent>();
  for (const change of changes) {
    const events = idsOf(change).flatMap((id) => byResource.get(id) ?? []);
    const event = closest(events, change.time);
    if (event) found.set(change, event);
  }
  return found;
}

/** Returns the parts of the log around changes. Parts that overlap are one. */
function spansAround(changes: readonly RecordedChange[], { before, after }: Surroundings): IdSpan[] {
  const spans: IdSpan[] = [];
  for (const time of changes.map(timeOf).sort((one, other) => one - other)) {
    const last = spans.at(-1);
    if (last && time - before <= last.to) spans[spans.length - 1] = { from: last.from, to: time + after };
    else spans.push({ from: time - before, to: time + after });
  }
  return spans;
}

const timeOf = ({ time }: RecordedChange): number => Date.parse(time);

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
