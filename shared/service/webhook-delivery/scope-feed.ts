import type { FeedReader, StoredEvent } from '../../store/events/event-feed';
import { EVENT_RETENTION_DAYS } from '../../store/events/event-feed';
import type { EventContent } from '../../store/consumers/change-consumers';
import type { EventFeed, FeedEvent } from './event-feed';

const DAY_SECONDS = 86_400;
/** The largest number of expired events that are read at a time. */
const SKIPPED_AT_ONCE = 1_000;

/** Returns the feed of a domain or of the deployment, as a webhook delivers it. */
export function feedOfScope(feed: FeedReader, scope: string, content: EventContent): EventFeed {
  return {
    read: async (after, limit) => {
      // Expired events may precede others, until DynamoDB deletes them.
      let hasExpired = false;
      for (let [position, size] = [after, limit]; ; size = SKIPPED_AT_ONCE) {
        const { events, next, more, hasGap } = await feed.read(scope, position, size);
        hasExpired ||= hasGap;
        position = next;
        if (events.length === 0 && more) continue;
        const [first] = events;
        return {
          events: events.slice(0, limit).map((event) => deliverable(event, content)),
          ...(hasExpired && { expiredUpTo: first ? first.position - 1 : next }),
        };
      }
    },
    at: async (position) => {
      const [event] = (await feed.read(scope, position - 1, 1)).events;
      return event?.position === position ? deliverable(event, content) : undefined;
    },
  };
}

function deliverable(event: StoredEvent, content: EventContent): FeedEvent {
  const json = event.json(content);
  const { subject, time } = JSON.parse(json) as { subject: { type: string; id: string }; time: string };
  return {
    position: event.position,
    id: event.id,
    type: event.type,
    subject: `${subject.type}/${subject.id}`,
    time: event.recordedAt,
    changedAt: time,
    ttl: Math.floor(Date.parse(event.recordedAt) / 1_000) + EVENT_RETENTION_DAYS * DAY_SECONDS,
    body: Buffer.from(json),
  };
}
