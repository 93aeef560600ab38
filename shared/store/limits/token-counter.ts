import { tokenCountKey } from '../table/keys';
import type { Table } from '../table/table';

/** The access tokens that a client may get in a minute of the clock. One is enough for an hour. */
export const TOKENS_PER_MINUTE = 60;

/** The count fails after this time. The client then gets its token without it. */
const TIMEOUT_MS = 3_000;
/** Nothing reads the count after its minute. */
const TTL_SECONDS = 600;

/** Counts the access tokens of each client, with one conditional write. */
export class TokenCounter {
  constructor(private readonly table: Table) {}

  /** Counts a token, unless its client has got too many of them in this minute. */
  async count(
    domainId: string,
    connectionId: string,
    now: Date,
  ): Promise<{ allowed: boolean; retryAfterSeconds: number }> {
    const second = Math.floor(now.getTime() / 1000);
    const minute = Math.floor(second / 60);
    const { written } = await this.table.update(
      tokenCountKey(domainId, connectionId, minute),
      { add: { total: 1 }, set: { ttl: (minute + 1) * 60 + TTL_SECONDS } },
      {
        condition: {
          expression: 'attribute_not_exists(#total) OR #total < :limit',
          values: { limit: TOKENS_PER_MINUTE },
        },
        timeoutMs: TIMEOUT_MS,
      },
    );
    return { allowed: written, retryAfterSeconds: 60 - (second % 60) };
  }
}
