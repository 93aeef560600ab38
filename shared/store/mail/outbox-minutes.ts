import { randomUUID } from 'node:crypto';
import type { ItemKey } from '../table/keys';
import { minuteOf, OUTBOX_MINUTES_PARTITION, outboxMinuteKey, PAST_MINUTE } from '../table/mail-keys';
import { optionalText, text } from '../table/read-item';
import type { Table } from '../table/table';

/** A minute in which a domain has emails that are due. `minute` is an RFC 3339 time up to its minutes. */
export interface OutboxMinute {
  readonly domainId: string;
  readonly minute: string;
  /** Identifies the last merge, if this item stands for minutes that were merged. */
  readonly mergeId?: string;
}

const PAGE_SIZE = 500;
const MINUTE_MS = 60_000;

/**
 * The time after its end for which a minute is kept. It is longer than a function can take to store an email
 * after it has chosen the time at which the email is due. So a minute that a function has stored before needs
 * no check.
 */
const KEPT_MS = 2 * MINUTE_MS;

/** The most minutes that are remembered. */
const MAX_REMEMBERED = 10_000;

/**
 * Finds the domains with due emails without reading their emails: one item for each domain and minute in
 * which emails of it are due. The item is stored before the first of these emails. Minutes that are over may
 * be merged.
 */
export class OutboxMinutes {
  /** The keys of the minutes that this process has stored. */
  private readonly stored = new Set<string>();

  constructor(private readonly table: Table) {}

  /**
   * Stores that the domain has emails that are due at `dueAt` (RFC 3339). Call it before the email is stored.
   */
  async add(domainId: string, dueAt: string): Promise<void> {
    const key = outboxMinuteKey(dueAt, domainId);
    if (this.stored.has(key.sk)) return;
    await this.table.put({ ...key, domainId });
    if (this.stored.size >= MAX_REMEMBERED) this.stored.clear();
    this.stored.add(key.sk);
  }

  /** Yields the minutes that have begun by `now`, oldest first. */
  async *begunBy(now: Date): AsyncGenerator<readonly OutboxMinute[]> {
    const pages = this.table.pages({
      pk: OUTBOX_MINUTES_PARTITION,
      // `$` is the next character after `#`, which ends the minute in a key.
      sortKey: { operator: '<', value: `${minuteOf(now.toISOString())}$` },
      limit: PAGE_SIZE,
    });
    for await (const items of pages)
      yield items.map((item) => {
        const domainId = text(item, 'domainId');
        const mergeId = optionalText(item, 'mergeId');
        const minute = text(item, 'sk').slice(0, -domainId.length - 1);
        return { domainId, minute, ...(mergeId !== undefined && { mergeId }) };
      });
  }

  /** Returns whether no email will be stored for the minute anymore. */
  isOver({ minute }: OutboxMinute, now: Date): boolean {
    return now.getTime() > Date.parse(`${minute}Z`) + MINUTE_MS + KEPT_MS;
  }

  /**
   * Replaces minutes of a domain that are over by one item, because any item that has begun finds the domain.
   * So a domain whose emails wait for long does not slow down the search for the others.
   */
  async merge(domainId: string, minutes: readonly OutboxMinute[]): Promise<void> {
    // The item is stored first, so that the emails are found at any moment.
    await this.table.put({ ...outboxMinuteKey(PAST_MINUTE, domainId), domainId, mergeId: randomUUID() });
    await this.table.deleteAll(keysOf(minutes.filter((minute) => !isMerged(minute))));
  }

  /**
   * Removes minutes that are over and whose domains had no emails after they were read. A merged item stays
   * if more minutes were merged since, because these may have emails.
   */
  async remove(minutes: readonly OutboxMinute[]): Promise<void> {
    await this.table.deleteAll(keysOf(minutes.filter((minute) => !isMerged(minute))));
    for (const { domainId, minute, mergeId } of minutes.filter(isMerged))
      await this.table.delete(outboxMinuteKey(minute, domainId), {
        condition: { expression: 'mergeId = :read', values: { read: mergeId } },
      });
  }
}

const isMerged = ({ mergeId }: OutboxMinute): boolean => mergeId !== undefined;

/** Returns the keys of minutes, each once. */
const keysOf = (minutes: readonly OutboxMinute[]): ItemKey[] => [
  ...new Map(
    minutes.map(({ domainId, minute }) => {
      const key = outboxMinuteKey(minute, domainId);
      return [key.sk, key];
    }),
  ).values(),
];
