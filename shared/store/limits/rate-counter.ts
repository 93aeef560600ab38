import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { RateLimit } from '../../rate-plan';
import { rateKey } from '../table/keys';
import type { Table } from '../table/table';

/** What a domain has used of its limit after a request was counted, or refused. */
export interface RateUse {
  readonly allowed: boolean;
  /** Requests counted in this minute, and in these ten seconds of it. */
  readonly inMinute: number;
  readonly inTenSeconds: number;
}

/** The request goes on without the counter, so it does not wait long for it. */
const TIMEOUT_MS = 3_000;
/** The last hour is told of by readiness. */
const TTL_SECONDS = 65 * 60;

/** The exact limit: a conditional write for each request, to the item of its domain and minute. */
export class RateCounter {
  constructor(private readonly table: Table) {}

  /**
   * Counts one request or several, no more than `limit` has room for; all of them, or, where that would pass the limit,
   * none. `now` in milliseconds.
   */
  async count(domainId: string, limit: RateLimit, now: number, requests = 1): Promise<RateUse> {
    const second = Math.floor(now / 1000);
    const minute = Math.floor(second / 60);
    const slot = `slot${Math.floor((second % 60) / 10)}`;
    try {
      const { Attributes } = await this.table.client.send(
        new UpdateCommand({
          TableName: this.table.name,
          Key: rateKey(domainId, minute),
          UpdateExpression: 'ADD #minute :requests, #slot :requests SET #ttl = :ttl',
          ConditionExpression:
            '(attribute_not_exists(#minute) OR #minute <= :minuteBefore) AND ' +
            '(attribute_not_exists(#slot) OR #slot <= :slotBefore)',
          ExpressionAttributeNames: { '#minute': 'total', '#slot': slot, '#ttl': 'ttl' },
          ExpressionAttributeValues: {
            ':requests': requests,
            ':minuteBefore': limit.perMinute - requests,
            ':slotBefore': limit.perTenSeconds - requests,
            ':ttl': (minute + 1) * 60 + TTL_SECONDS,
          },
          ReturnValues: 'ALL_NEW',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
        { abortSignal: AbortSignal.timeout(TIMEOUT_MS) },
      );
      return { allowed: true, ...usageOf(Attributes, slot) };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return { allowed: false, ...usageOf(error.Item && unmarshall(error.Item), slot) };
    }
  }
}

const usageOf = (item: Record<string, unknown> | undefined, slot: string) => ({
  inMinute: Number(item?.total ?? 0),
  inTenSeconds: Number(item?.[slot] ?? 0),
});
