import { domainKey } from '../table/keys';
import { optionalNumber } from '../table/read-item';
import type { Table } from '../table/table';

/** The lifetime of a cached delay. */
const CACHE_MS = 60_000;
const MINUTE_MS = 60_000;

/** Reads the time between an activation and its first email in each domain, and caches it for a minute. */
export class MailDelays {
  private readonly cache = new Map<string, { readonly delayMs: number; readonly until: number }>();

  constructor(private readonly table: Table) {}

  /** Returns milliseconds; 0 if the domain does not exist. */
  async get(domainId: string, now: Date): Promise<number> {
    const cached = this.cache.get(domainId);
    if (cached && now.getTime() < cached.until) return cached.delayMs;
    const domain = await this.table.get(domainKey(domainId), {
      attributes: ['mailDelayMinutes'],
      eventuallyConsistent: true,
    });
    const delayMs = (domain ? (optionalNumber(domain, 'mailDelayMinutes') ?? 0) : 0) * MINUTE_MS;
    this.cache.set(domainId, { delayMs, until: now.getTime() + CACHE_MS });
    return delayMs;
  }
}
