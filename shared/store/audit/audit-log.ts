import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { AuditEvent } from './audit';
import { auditKey, auditPartition } from '../table/keys';
import type { Table } from '../table/table';

/** What is asked of the log; all that is given must hold. */
export interface AuditFilter {
  /** RFC 3339: not before. */
  readonly from?: string;
  /** RFC 3339: before. */
  readonly to?: string;
  /** Id of a SCIM key or an administrator, or the name of a part of the service. */
  readonly actor?: string;
  /** Id of what was changed. */
  readonly resource?: string;
  /** An action, or what stands before its dot. */
  readonly action?: string;
}

/** How many queries are made for one page under a filter, each of which reads 250 events, and 1 MB, at most. */
const MAX_QUERIES = 4;
const QUERY_LIMIT = 250;

export interface AuditPage {
  /** Newest first. */
  readonly events: readonly AuditEvent[];
  /** The id after which the next page begins; it may be given though nothing follows. */
  readonly next?: string;
}

/** The audit events of one domain, or of the deployment (`DEPLOYMENT`), to read. `now` in milliseconds. */
export class AuditLog {
  constructor(
    private readonly table: Table,
    private readonly domainId: string,
    private readonly now: () => number = Date.now,
  ) {}

  /** At most `limit` events older than the one with the id `after`. With a filter it may have fewer and go on all the same. */
  async page(filter: AuditFilter, limit: number, after?: string): Promise<AuditPage> {
    const range = rangeOf(filter, after);
    const isWanted = matcherOf(filter);
    const events: AuditEvent[] = [];
    let position = after;
    for (let query = 0; query < MAX_QUERIES && isNonEmpty(range); query++) {
      const wanted = limit - events.length;
      const read = await this.read(range, isWanted ? QUERY_LIMIT : wanted + 1, position);
      for (const event of read.events) {
        if (events.length === limit) return { events, next: position };
        position = event.id;
        if (isInTime(filter, event) && (isWanted?.(event) ?? true)) events.push(event);
      }
      if (!read.more) return { events };
    }
    return isNonEmpty(range) ? { events, next: position } : { events };
  }

  private async read(
    { lower, upper }: KeyRange,
    limit: number,
    after: string | undefined,
  ): Promise<{ events: AuditEvent[]; more: boolean }> {
    const { Items = [], LastEvaluatedKey } = await this.table.client.send(
      new QueryCommand({
        TableName: this.table.name,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :lower AND :upper',
        ExpressionAttributeValues: { ':pk': auditPartition(this.domainId), ':lower': lower, ':upper': upper },
        ScanIndexForward: false,
        ConsistentRead: true,
        Limit: limit,
        // DynamoDB refuses a place outside the range: reading then begins with the range.
        ...(after !== undefined && after <= upper && { ExclusiveStartKey: auditKey(this.domainId, after) }),
      }),
    );
    // DynamoDB takes away what has expired, but up to days later.
    const kept = Items.filter(({ ttl }) => ttl === undefined || (ttl as number) * 1000 > this.now());
    return { events: kept.map(fromItem), more: LastEvaluatedKey !== undefined };
  }
}

interface KeyRange {
  readonly lower: string;
  readonly upper: string;
}

/** DynamoDB takes it for an error if there can be nothing. */
const isNonEmpty = ({ lower, upper }: KeyRange): boolean => lower <= upper;

/** An event's id is made a moment after its time was taken, or before; a request takes no longer than this. */
const MARGIN_MS = 60_000;
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Ids begin with their time, so a time is a place among them; and nothing was done to a resource before it had its id. */
function rangeOf({ from, to, resource }: AuditFilter, after: string | undefined): KeyRange {
  const lowers = [
    ...(from === undefined ? [] : [idOfTime(Date.parse(from) - MARGIN_MS)]),
    ...(resource !== undefined && UUID_V7.test(resource) ? [resource] : []),
  ];
  const uppers = [
    ...(to === undefined ? [] : [idOfTime(Date.parse(to) + MARGIN_MS)]),
    // Where reading goes on has to lie in the range.
    ...(after === undefined ? [] : [after]),
  ];
  return { lower: lowers.sort().at(-1) ?? '0', upper: uppers.sort()[0] ?? 'g' };
}

/** What the ids of this millisecond begin with: 48 bits of it (RFC 9562 §5.7). */
function idOfTime(milliseconds: number): string {
  const digits = Math.max(0, milliseconds).toString(16).padStart(12, '0');
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}`;
}

function isInTime({ from, to }: AuditFilter, { at }: AuditEvent): boolean {
  const time = Date.parse(at);
  return (from === undefined || time >= Date.parse(from)) && (to === undefined || time < Date.parse(to));
}

/** Undefined where every event is wanted. */
function matcherOf({ actor, resource, action }: AuditFilter): ((event: AuditEvent) => boolean) | undefined {
  if (actor === undefined && resource === undefined && action === undefined) return undefined;
  return (event) =>
    (actor === undefined || actorId(event) === actor) &&
    (resource === undefined || event.resourceId === resource) &&
    (action === undefined || event.action === action || event.action.startsWith(`${action}.`));
}

function actorId({ actor }: AuditEvent): string {
  switch (actor.kind) {
    case 'scimKey':
      return actor.keyId;
    case 'admin':
      return actor.id;
    case 'system':
      return actor.name;
  }
}

function fromItem({ pk: _pk, sk, ttl: _ttl, ...event }: Record<string, unknown>): AuditEvent {
  return { ...(event as unknown as AuditEvent), id: sk as string };
}
