import { EVENT_TYPES, type EventType } from '../../events/event-types';
import { fullJson } from '../../events/event';
import type { EventContent } from '../consumers/change-consumers';
import { eventKey, eventsPartition, feedStateKey } from '../table/event-keys';
import type { Page } from '../table/operations/query';
import { keyOf, number, oneOf, optionalNumber, optionalText, text, type Item } from '../table/read-item';
import type { Table } from '../table/table';

/** The time for which events are kept. */
export const EVENT_RETENTION_DAYS = 30;
const RETENTION_MS = EVENT_RETENTION_DAYS * 86_400_000;

/** The id of a domain, or `DEPLOYMENT`. */
export type EventScope = string;

/** An event in a feed. */
export interface StoredEvent {
  /** Counts the events of the feed, from 1, without gaps since the table was restored. */
  readonly position: number;
  readonly id: string;
  readonly type: EventType;
  readonly domainId: string;
  /** The time at which it was written: RFC 3339, UTC. It never decreases from one position to the next. */
  readonly recordedAt: string;
  /** Returns the JSON of the event, always with the same bytes. */
  readonly json: (content: EventContent) => string;
}

/** A part of a feed. */
export interface FeedPage {
  readonly events: readonly StoredEvent[];
  /** The position after which the next page begins. */
  readonly next: number;
  /** Whether events follow that could be read now. */
  readonly more: boolean;
  /** True if events after the given position have expired, so that this page does not continue it. */
  readonly hasGap: boolean;
  /** True if the feed has never had an event at the given position, so that it is one of another feed. */
  readonly isAhead: boolean;
}

/**
 * The items of events. `next` is absent after the last one. `end` is the last position of the feed, if it was
 * read.
 */
type EventItems = Page & { readonly end?: number };

/** Reads the events of a scope. */
export interface FeedReader {
  /** Returns at most `limit` events after a position; 0 is the beginning. */
  readonly read: (scope: EventScope, after: number, limit: number) => Promise<FeedPage>;
  /** Returns the position after which the feed begins; 0 unless the table was restored. */
  readonly start: (scope: EventScope) => Promise<number>;
  /** Returns the position of the last event; 0 if there is none. */
  readonly lastPosition: (scope: EventScope) => Promise<number>;
  /** Returns the position after which the events begin that were written at a time (RFC 3339) or later. */
  readonly positionBefore: (scope: EventScope, time: string) => Promise<number>;
}

/** Reads feeds from the table. */
export class EventFeedStore implements FeedReader {
  /**
   * The last positions of feeds, as far as they were read. Until one expires, an empty page after it is the
   * end.
   */
  private readonly ends = new Map<EventScope, number>();

  constructor(
    private readonly table: Table,
    private readonly now: () => Date,
  ) {}

  async read(scope: EventScope, after: number, limit: number): Promise<FeedPage> {
    const page = await this.query(scope, after, limit);
    const { items, next, end } = page.items.length > 0 ? page : await this.afterLast(scope, after, limit);
    const events = items.map(readEvent).filter((event) => !this.isExpired(event));
    const last = items.at(-1);
    const position = last ? positionOf(last) : Math.max(after, end ?? after);
    const isAhead = end !== undefined && end < after;
    if (next === undefined && !isAhead) this.remember(scope, position);
    const start = events[0]?.position;
    return {
      events,
      next: position,
      more: next !== undefined,
      // DynamoDB deletes the oldest events first, but not always in their order.
      hasGap: start === undefined ? position > after : start > after + 1,
      isAhead,
    };
  }

  /** Reads again behind a position after which there are no events, unless it is the end of the feed. */
  private async afterLast(scope: EventScope, after: number, limit: number): Promise<EventItems> {
    if (this.ends.get(scope) === after) return { items: [] };
    // This is a query, because feed readers have no permission for other reads.
    const { pk, sk } = feedStateKey(scope);
    const { items } = await this.table.query({ pk, sortKey: { operator: '=', value: sk } });
    const end = items[0] ? number(items[0], 'position') : 0;
    // All events up to the end may have been deleted, or some were written since the first read.
    return end > after ? { ...(await this.query(scope, after, limit)), end } : { items: [], end };
  }

  private query(scope: EventScope, after: number, limit: number): Promise<EventItems> {
    return this.table.query({
      pk: eventsPartition(scope),
      sortKey: { between: [eventKey(scope, after + 1).sk, eventKey(scope, MAX_POSITION).sk] },
      limit,
    });
  }

  private remember(scope: EventScope, end: number): void {
    if (this.ends.size >= MAX_ENDS) this.ends.clear();
    this.ends.set(scope, end);
  }

  async start(scope: EventScope): Promise<number> {
    const state = await this.table.get(feedStateKey(scope));
    return (state && optionalNumber(state, 'start')) ?? 0;
  }

  async lastPosition(scope: EventScope): Promise<number> {
    const state = await this.table.get(feedStateKey(scope));
    return state ? number(state, 'position') : 0;
  }

  async positionBefore(scope: EventScope, time: string): Promise<number> {
    // Positions in between may have expired, which counts as being too early.
    let [low, high] = [0, await this.lastPosition(scope)];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      const item = await this.table.get(eventKey(scope, middle));
      if (!item || readEvent(item).recordedAt < time) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private isExpired({ recordedAt }: StoredEvent): boolean {
    return Date.parse(recordedAt) + RETENTION_MS <= this.now().getTime();
  }
}

/** The most feeds whose ends are remembered. */
const MAX_ENDS = 1_000;
/** The largest position that a key can have. */
const MAX_POSITION = 999_999_999_999;

const positionOf = (item: Item): number => Number(keyOf(item).sk);

function readEvent(item: Item): StoredEvent {
  const notice = text(item, 'notice');
  const content = optionalText(item, 'content');
  return {
    position: positionOf(item),
    id: text(item, 'id'),
    type: oneOf(item, 'type', EVENT_TYPES),
    domainId: text(item, 'domainId'),
    recordedAt: text(item, 'recordedAt'),
    json: (kind) => (kind === 'full' ? fullJson(notice, content) : notice),
  };
}
