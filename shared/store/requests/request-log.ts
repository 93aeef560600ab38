import { idPrefixOfTime, timeOfId } from '../../id';
import { requestKey, requestPartition } from '../table/keys';
import type { Table } from '../table/table';
import {
  readRequestRecord,
  recordAttributes,
  REQUEST_OUTCOMES,
  type RequestOutcome,
  type RequestRecord,
} from './request-record';

/** The time for which requests are kept. */
const REQUEST_RETENTION_DAYS = 7;
const RETENTION_MS = REQUEST_RETENTION_DAYS * 86_400_000;

/** The time for which a request waits for its record. */
const TIMEOUT_MS = 3_000;

/** The largest number of queries of one partition for a page with a filter. */
const MAX_QUERIES = 4;
const QUERY_LIMIT = 250;

/** The conditions of a page. A request must meet all that are given. */
export interface RequestFilter {
  readonly outcome?: RequestOutcome;
  /** A status, or the first digit of a class of statuses: 4 for 400 to 499. */
  readonly status?: number;
  /** RFC 3339, inclusive. */
  readonly from?: string;
  /** RFC 3339, exclusive. */
  readonly to?: string;
  readonly connectionId?: string;
}

export interface RequestPage {
  /** Newest first. */
  readonly requests: readonly RequestRecord[];
  /** The id after which the next page begins. The next page may be empty. */
  readonly next?: string;
}

/** A bulk with failed operations is refused with a 200. Requests with an error status are never accepted. */
const outcomesOf = (status: number | undefined): readonly RequestOutcome[] =>
  status !== undefined && Number(String(status)[0]) >= 4 ? ['refused'] : REQUEST_OUTCOMES;

/** The recorded requests of identity providers, by domain. They are kept for seven days. */
export class RequestLog {
  constructor(
    private readonly table: Table,
    private readonly timeoutMs = TIMEOUT_MS,
  ) {}

  /** Writes a record with one write unit. Throws if the table does not respond in time. */
  async record(domainId: string, record: RequestRecord): Promise<void> {
    const expiry = timeOfId(record.id).getTime() + RETENTION_MS;
    const ttl = Math.ceil(expiry / 1_000);
    await this.table.put(
      { ...recordAttributes(record), ...requestKey(domainId, record.outcome, record.id), ttl },
      { timeoutMs: this.timeoutMs },
    );
  }

  /**
   * Returns at most `limit` requests that are older than the request `after`. With a status or a connection,
   * a page may hold fewer requests although more follow.
   */
  async page(
    domainId: string,
    filter: RequestFilter,
    limit: number,
    now: Date,
    after?: string,
  ): Promise<RequestPage> {
    const range = rangeOf(filter, now, after);
    if (range.lower > range.upper) return { requests: [] };
    const outcomes = filter.outcome ? [filter.outcome] : outcomesOf(filter.status);
    const scans = await Promise.all(
      outcomes.map((outcome) => this.scan(domainId, outcome, range, { filter, limit: limit + 1, after })),
    );
    // Nothing older than the place where a scan stopped is known to be complete.
    const stopped = scans
      .flatMap(({ position }) => position ?? [])
      .sort()
      .at(-1);
    const known = scans
      .flatMap(({ requests }) => requests)
      .filter(({ id }) => stopped === undefined || id >= stopped)
      .sort((a, b) => (a.id < b.id ? 1 : -1));
    const requests = known.slice(0, limit);
    const next = known.length > limit ? requests.at(-1)?.id : stopped;
    return { requests, ...(next !== undefined && { next }) };
  }

  /**
   * Reads requests of one outcome. `position` is the last one that was examined, unless that was the last
   * one.
   */
  private async scan(
    domainId: string,
    outcome: RequestOutcome,
    { lower, upper }: KeyRange,
    { filter: { status, connectionId }, limit, after }: RequestScan,
  ): Promise<{ requests: RequestRecord[]; position?: string }> {
    const requests: RequestRecord[] = [];
    const isFiltered = status !== undefined || connectionId !== undefined;
    const matches = (request: RequestRecord): boolean =>
      (status === undefined || hasStatus(request, status)) &&
      (connectionId === undefined || request.connectionId === connectionId);
    // DynamoDB rejects a start outside the range.
    let start = after !== undefined && after <= upper ? requestKey(domainId, outcome, after) : undefined;
    for (let query = 0; query < MAX_QUERIES; query++) {
      const { items, next } = await this.table.query({
        pk: requestPartition(domainId, outcome),
        sortKey: { between: [lower, upper] },
        descending: true,
        limit: isFiltered ? QUERY_LIMIT : limit - requests.length,
        after: start,
      });
      requests.push(...items.map((item) => readRequestRecord(item, outcome)).filter(matches));
      if (!next) return { requests };
      if (requests.length >= limit) return { requests, position: next.sk };
      start = requestKey(domainId, outcome, next.sk);
    }
    return { requests, position: start?.sk };
  }
}

const hasStatus = ({ status }: RequestRecord, wanted: number): boolean =>
  status === wanted || Math.floor(status / 100) === wanted;

interface KeyRange {
  readonly lower: string;
  readonly upper: string;
}

interface RequestScan {
  readonly filter: Pick<RequestFilter, 'status' | 'connectionId'>;
  readonly limit: number;
  readonly after?: string;
}

/**
 * Returns the ids that can match. Older ones have expired, although DynamoDB deletes them up to days later.
 */
function rangeOf({ from, to }: RequestFilter, now: Date, after: string | undefined): KeyRange {
  const oldest = oldestRequestTime(now);
  const lower = idPrefixOfTime(Math.max(oldest, from === undefined ? oldest : Date.parse(from)));
  const uppers = [
    'g',
    ...(to === undefined ? [] : [idPrefixOfTime(Date.parse(to))]),
    ...(after === undefined ? [] : [after]),
  ];
  return { lower, upper: uppers.sort()[0] as string };
}

/** Returns the time of the oldest requests that have not expired, in milliseconds since the epoch. */
export const oldestRequestTime = (now: Date): number => now.getTime() - RETENTION_MS;
