import { idPrefixOfTime } from '../../id';
import { auditKey, auditPartition } from '../table/keys';
import { optionalNumber } from '../table/read-item';
import type { Table } from '../table/table';
import { type AuditEvent, connectionOf } from './audit';
import { subjectTest, type AuditSubject } from './audit-subject';
import { readAuditEvent } from './read-audit-event';

/** The conditions of a query of the log. An event must meet all that are given. */
export interface AuditFilter {
  /** RFC 3339, inclusive. */
  readonly from?: string;
  /** RFC 3339, exclusive. */
  readonly to?: string;
  /** The author: a SCIM key, an administrator, or a part of the service, which is found by its name. */
  readonly actor?: AuditSubject;
  /** The changed resource. */
  readonly resource?: AuditSubject;
  /** An action, or the part before its dot. */
  readonly action?: string;
  /** The id of the connection that made the change, or that was changed. */
  readonly connectionId?: string;
}

/** The largest number of queries for one page. Each reads at most 250 events, and 1 MB. */
const MAX_QUERIES = 4;
const QUERY_LIMIT = 250;

export interface AuditPage {
  /** Newest first. */
  readonly events: readonly AuditEvent[];
  /** The id after which the next page begins. The next page may be empty. */
  readonly next?: string;
}

/** Reads the audit events of one domain, or of the deployment if `domainId` is `DEPLOYMENT`. */
export class AuditLog {
  constructor(
    private readonly table: Table,
    private readonly domainId: string,
  ) {}

  /**
   * Returns at most `limit` events that are older than the event `after` and that have not expired by `now`.
   * With a filter, and where events have expired, a page may hold fewer events although more follow.
   */
  async page(filter: AuditFilter, limit: number, now: Date, after?: string): Promise<AuditPage> {
    const range = rangeOf(filter, after);
    const matches = matcherOf(filter);
    const events: AuditEvent[] = [];
    let position = after;
    let isSearch = matches !== undefined;
    for (let query = 0; query < MAX_QUERIES && isNonEmpty(range); query++) {
      const missing = limit - events.length;
      const page = await this.read(range, isSearch ? QUERY_LIMIT : missing + 1, now, position);
      for (const event of page.events) {
        if (events.length === limit) return { events, next: position };
        position = event.id;
        if (isInTime(filter, event) && (matches?.(event) ?? true)) events.push(event);
      }
      if (page.next === undefined) return { events };
      // The last event that was read may have expired. Older ones may not, if events were kept for longer
      // then.
      position = page.next;
      isSearch ||= page.events.length === 0;
    }
    return isNonEmpty(range) ? { events, next: position } : { events };
  }

  /** `next` is the id of the last event that was read, unless that was the last one. */
  private async read(
    { lower, upper }: KeyRange,
    limit: number,
    now: Date,
    after: string | undefined,
  ): Promise<{ events: AuditEvent[]; next?: string }> {
    const { items, next } = await this.table.query({
      pk: auditPartition(this.domainId),
      sortKey: { between: [lower, upper] },
      descending: true,
      limit,
      // DynamoDB rejects a start outside the range. Without a start, the query begins at the end of the
      // range.
      ...(after !== undefined && after <= upper && { after: auditKey(this.domainId, after) }),
    });
    // DynamoDB deletes expired items up to days later.
    const kept = items.filter((item) => (optionalNumber(item, 'ttl') ?? Infinity) * 1000 > now.getTime());
    return { events: kept.map(readAuditEvent), next: next?.sk };
  }
}

interface KeyRange {
  readonly lower: string;
  readonly upper: string;
}

/** DynamoDB rejects a range whose bounds are in the wrong order. */
const isNonEmpty = ({ lower, upper }: KeyRange): boolean => lower <= upper;

/** The time in an event's id may differ from `at`, but by no more than the duration of a request. */
const MARGIN_MS = 60_000;
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Returns the ids that can match. Ids begin with their time, and the events of a resource or connection are
 * younger than its id.
 */
function rangeOf(filter: AuditFilter, after: string | undefined): KeyRange {
  const { from, to, resource, connectionId } = filter;
  const lowers = [
    ...(from === undefined ? [] : [idPrefixOfTime(Date.parse(from) - MARGIN_MS)]),
    ...[onlyIdOf(resource), connectionId].filter((id) => id !== undefined && UUID_V7.test(id)),
  ];
  const uppers = [
    ...(to === undefined ? [] : [idPrefixOfTime(Date.parse(to) + MARGIN_MS)]),
    // The start of the page has to lie in the range.
    ...(after === undefined ? [] : [after]),
  ];
  return { lower: lowers.sort().at(-1) ?? '0', upper: uppers.sort()[0] ?? 'g' };
}

/** Returns the id of a subject that has no other id and no name of its own. */
const onlyIdOf = (subject: AuditSubject | undefined): string | undefined =>
  subject?.ids.every((id) => id === subject.name) ? subject.name : undefined;

function isInTime({ from, to }: AuditFilter, { at }: AuditEvent): boolean {
  const time = Date.parse(at);
  return (from === undefined || time >= Date.parse(from)) && (to === undefined || time < Date.parse(to));
}

/** Returns a test for the conditions that ids do not express; undefined if there are none. */
function matcherOf(filter: AuditFilter): ((event: AuditEvent) => boolean) | undefined {
  const { actor, resource, action, connectionId } = filter;
  if ([actor, resource, action, connectionId].every((condition) => condition === undefined)) return undefined;
  const isActor = actor && subjectTest(actor);
  const isResource = resource && subjectTest(resource);
  return (event) =>
    (connectionId === undefined || connectionOf(event) === connectionId) &&
    (isActor?.(...actorOf(event)) ?? true) &&
    (isResource?.(event.resourceId, event.resourceName) ?? true) &&
    (action === undefined || event.action === action || event.action.startsWith(`${action}.`));
}

/** Returns the id and the recorded name of the author. */
function actorOf({ actor }: AuditEvent): [id: string, name?: string] {
  switch (actor.kind) {
    case 'scimKey':
      return [actor.keyId, actor.keyName];
    case 'admin':
      return [actor.id, actor.name];
    case 'system':
      return [actor.name];
  }
}
