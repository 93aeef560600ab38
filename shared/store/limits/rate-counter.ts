import type { RateLimit } from '../../limits/rate-plan';
import { rateKey } from '../table/keys';
import { optionalNumber, type Item } from '../table/read-item';
import type { Table } from '../table/table';
import { usageAttribute } from './connection-usage';

/** The use of a domain's limit after a request was counted or refused. */
export interface RateUse {
  readonly allowed: boolean;
  /** Requests counted in this minute, and in the current ten seconds of it. */
  readonly inMinute: number;
  readonly inTenSeconds: number;
}

/** A request goes on without the counter after this time. */
const TIMEOUT_MS = 3_000;
/** Readiness reports the last hour. */
const TTL_SECONDS = 65 * 60;

/** Enforces the exact limit, with one conditional write per request to the item of its domain and minute. */
export class RateCounter {
  constructor(private readonly table: Table) {}

  /**
   * Counts `requests` at the time `now`, or none of them if they would exceed `limit`. All connections share
   * the limit. The item also tells how many requests each one sent.
   */
  async count(
    domainId: string,
    limit: RateLimit,
    now: Date,
    requests = 1,
    connectionId?: string,
  ): Promise<RateUse> {
    const second = Math.floor(now.getTime() / 1000);
    const minute = Math.floor(second / 60);
    const slot = `slot${Math.floor((second % 60) / 10)}`;
    const add = {
      total: requests,
      [slot]: requests,
      ...(connectionId !== undefined && { [usageAttribute(connectionId)]: requests }),
    };
    const { written, item } = await this.table.update(
      rateKey(domainId, minute),
      { add, set: { ttl: (minute + 1) * 60 + TTL_SECONDS } },
      {
        condition: {
          expression:
            '(attribute_not_exists(#total) OR #total <= :maxTotal) AND ' +
            `(attribute_not_exists(#${slot}) OR #${slot} <= :maxSlot)`,
          values: { maxTotal: limit.perMinute - requests, maxSlot: limit.perTenSeconds - requests },
        },
        returnItem: 'always',
        timeoutMs: TIMEOUT_MS,
      },
    );
    return { allowed: written, ...usageOf(item, slot) };
  }
}

const usageOf = (item: Item = {}, slot: string) => ({
  inMinute: optionalNumber(item, 'total') ?? 0,
  inTenSeconds: optionalNumber(item, slot) ?? 0,
});
