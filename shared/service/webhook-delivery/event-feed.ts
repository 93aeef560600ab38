import type { EventType } from '../../events/event-types';

/** An event of a feed, as a webhook delivers it. */
export interface FeedEvent {
  /** Counts the events of the feed. */
  readonly position: number;
  readonly id: string;
  readonly type: EventType;
  readonly subject: string;
  /** The time at which the event was written; RFC 3339. */
  readonly time: string;
  /** The time of the change; RFC 3339. */
  readonly changedAt: string;
  /** The time at which the feed drops the event, in seconds since the epoch. */
  readonly ttl: number;
  /** The bytes that the feed and the webhook return. */
  readonly body: Buffer;
}

/** The next events of a feed; none at the end. */
export interface FeedPart {
  readonly events: readonly FeedEvent[];
  /** The position up to which events have expired; absent if the part continues the previous one. */
  readonly expiredUpTo?: number;
}

/** The events of a domain, or of the deployment, in their order. */
export interface EventFeed {
  /** Returns up to `limit` events after a position. */
  readonly read: (after: number, limit: number) => Promise<FeedPart>;
  /** Returns the event at a position; undefined if the feed does not have it anymore. */
  readonly at: (position: number) => Promise<FeedEvent | undefined>;
}
