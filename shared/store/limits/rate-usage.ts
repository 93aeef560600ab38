import { rateKey, ratePartition } from '../table/keys';
import { optionalNumber, text } from '../table/read-item';
import type { Table } from '../table/table';
import { usageOf } from './connection-usage';

/** The use of a domain's rate limit in one clock minute. */
export interface MinuteUsage {
  /** The start of the minute; RFC 3339, UTC. */
  readonly minute: string;
  /** Counted requests. Refused requests are not counted. */
  readonly requests: number;
  /** The requests of each ten seconds of the minute: six numbers. */
  readonly inTenSeconds: readonly number[];
  /** The requests of each connection. Those that an earlier version counted are missing. */
  readonly connections: ReadonlyMap<string, number>;
}

const SLOTS = [0, 1, 2, 3, 4, 5];
const MINUTES = 60;

/**
 * Returns the minutes of the last hour in which requests were counted, newest first, including the current
 * minute. Requests of a domain without a limit are not counted. `connectionIds` are the connections to tell
 * apart.
 */
export async function readRateUsage(
  table: Table,
  domainId: string,
  now: Date,
  connectionIds: readonly string[] = [],
): Promise<MinuteUsage[]> {
  const minute = Math.floor(now.getTime() / 60_000);
  const { items } = await table.query({
    pk: ratePartition(domainId),
    sortKey: { between: [rateKey(domainId, minute - MINUTES + 1).sk, rateKey(domainId, minute).sk] },
    descending: true,
  });
  return items.map((item) => ({
    minute: new Date(Number(text(item, 'sk')) * 60_000).toISOString(),
    requests: optionalNumber(item, 'total') ?? 0,
    inTenSeconds: SLOTS.map((slot) => optionalNumber(item, `slot${slot}`) ?? 0),
    connections: usageOf(item, connectionIds),
  }));
}
