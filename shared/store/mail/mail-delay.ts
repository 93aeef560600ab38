import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { domainKey } from '../table/keys';
import type { Table } from '../table/table';

/** How long a delay is taken for what it was. */
const CACHE_MS = 60_000;
const MINUTE_MS = 60_000;

/** How long each domain wants the first mail of an activation to wait; what was read holds for a minute. */
export class MailDelays {
  private readonly cache = new Map<string, { readonly delayMs: number; readonly until: number }>();

  constructor(private readonly table: Table) {}

  /** Milliseconds; 0 for a domain that is gone. */
  async get(domainId: string, now: Date): Promise<number> {
    const known = this.cache.get(domainId);
    if (known && now.getTime() < known.until) return known.delayMs;
    const { Item } = await this.table.client.send(
      new GetCommand({
        TableName: this.table.name,
        Key: domainKey(domainId),
        ProjectionExpression: 'mailDelayMinutes',
      }),
    );
    const delayMs = ((Item?.mailDelayMinutes as number | undefined) ?? 0) * MINUTE_MS;
    this.cache.set(domainId, { delayMs, until: now.getTime() + CACHE_MS });
    return delayMs;
  }
}
