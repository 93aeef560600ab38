import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { rateKey } from '../table/keys';
import type { Table } from '../table/table';

/** What a domain used of its rate limit in one minute of the clock. */
export interface MinuteUsage {
  /** When the minute begins; RFC 3339, UTC. */
  readonly minute: string;
  /** Requests that were counted; those that were refused are not. */
  readonly requests: number;
  /** The same for each ten seconds of it: six numbers. */
  readonly inTenSeconds: readonly number[];
}

const SLOTS = [0, 1, 2, 3, 4, 5];
const MINUTES = 60;

/**
 * The minutes of the last hour in which requests were counted, newest first, with the one that is under way. A domain without
 * a limit is not counted.
 */
export async function readRateUsage(table: Table, domainId: string, now: Date): Promise<MinuteUsage[]> {
  const minute = Math.floor(now.getTime() / 60_000);
  const { pk, sk: last } = rateKey(domainId, minute);
  const { Items = [] } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
      ExpressionAttributeValues: {
        ':pk': pk,
        ':first': rateKey(domainId, minute - MINUTES + 1).sk,
        ':last': last,
      },
      ConsistentRead: true,
      ScanIndexForward: false,
    }),
  );
  return Items.map((item) => ({
    minute: new Date(Number(item.sk) * 60_000).toISOString(),
    requests: Number(item.total ?? 0),
    inTenSeconds: SLOTS.map((slot) => Number(item[`slot${slot}`] ?? 0)),
  }));
}
