import { idPrefixOfTime, timeOfId } from '../../id';
import { requestPartition } from '../table/keys';
import { number, text } from '../table/read-item';
import type { Table } from '../table/table';
import { oldestRequestTime } from './request-log';
import { connectionIdOf, othersOf, REQUEST_OUTCOMES } from './request-record';

/** The period of a count, divided into intervals of equal length. All times are milliseconds. */
export interface CountedPeriod {
  readonly intervalMs: number;
  readonly intervals: number;
}

interface IntervalCounts {
  /** The start of the interval; RFC 3339, UTC. */
  readonly start: string;
  readonly requests: number;
  readonly refused: number;
}

export interface RequestCounts {
  /** Oldest first. The last interval contains the current time. */
  readonly intervals: readonly IntervalCounts[];
  /** The requests by their status. */
  readonly statuses: ReadonlyMap<number, number>;
  /** False if the domain has so many records that the oldest ones were not counted. */
  readonly isComplete: boolean;
}

/** The largest number of queries of one partition. Each one reads 1 MB: about 3,000 records. */
const MAX_QUERIES = 10;

/**
 * Counts the requests of the period that ends now, of one connection or of all. Each record counts as itself
 * and the requests that it stands for. The reads are eventually consistent, because a count is an overview.
 */
export async function countRequests(
  table: Table,
  domainId: string,
  { intervalMs, intervals }: CountedPeriod,
  now: Date,
  connectionId?: string,
): Promise<RequestCounts> {
  const last = Math.floor(now.getTime() / intervalMs);
  const first = last - intervals + 1;
  const counts = Array.from({ length: intervals }, () => ({ requests: 0, refused: 0 }));
  const statuses = new Map<number, number>();
  const from = idPrefixOfTime(Math.max(first * intervalMs, oldestRequestTime(now)));
  const areComplete = await Promise.all(
    REQUEST_OUTCOMES.map(async (outcome) => {
      let queries = 0;
      for await (const items of table.pages({
        pk: requestPartition(domainId, outcome),
        sortKey: { operator: '>=', value: from },
        attributes: ['sk', 'status', 'others', 'keyId', 'connectionId'],
        descending: true,
        eventuallyConsistent: true,
      })) {
        for (const item of items) {
          if (connectionId !== undefined && connectionIdOf(item) !== connectionId) continue;
          const interval = Math.floor(timeOfId(text(item, 'sk')).getTime() / intervalMs) - first;
          // The clock of a function may be ahead.
          const at = counts[Math.min(interval, intervals - 1)];
          if (!at) continue;
          const requests = 1 + othersOf(item);
          const status = number(item, 'status');
          at.requests += requests;
          if (outcome === 'refused') at.refused += requests;
          statuses.set(status, (statuses.get(status) ?? 0) + requests);
        }
        if (++queries === MAX_QUERIES) return false;
      }
      return true;
    }),
  );
  return {
    intervals: counts.map((count, at) => ({
      start: new Date((first + at) * intervalMs).toISOString(),
      ...count,
    })),
    statuses,
    isComplete: areComplete.every(Boolean),
  };
}
