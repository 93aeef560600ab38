import type { EventType } from '../../events/event-types';
import type { EventContent } from '../../store/consumers/change-consumers';
import type { FeedReader, EventScope } from '../../store/events/event-feed';
import { AdminError } from '../admin/admin-error';

export interface EventQuery {
  /** The cursor of the previous page. @default the oldest event that is kept, since the table was restored */
  readonly after?: number;
  /** Begins with the events that were written at this time or later: RFC 3339. Used without `after`. */
  readonly since?: string;
  /** @default all types */
  readonly types?: readonly EventType[];
  readonly content: EventContent;
  readonly limit: number;
}

/** A page of a feed in JSON. */
export interface EventPage {
  /** The JSON of each event: the body of a webhook. */
  readonly events: readonly string[];
  /**
   * The cursor after which the next page begins. It is present at the end, too, where later events follow.
   */
  readonly next: number;
  /** Whether events follow that could be read now. */
  readonly more: boolean;
}

/** A page reads at most this many events if few are of the wanted types. */
const MAX_READS = 5;
/** Lambda returns at most 6 MB, in which quotation marks take two bytes. */
const MAX_BYTES = 2_000_000;

/**
 * Reads a page of events. Throws `AdminError` if the feed lacks events after the cursor, or has not reached
 * it.
 */
export async function readEvents(
  feed: Pick<FeedReader, 'read' | 'start' | 'positionBefore'>,
  scope: EventScope,
  { after, since, types, content, limit }: EventQuery,
): Promise<EventPage> {
  const events: string[] = [];
  let bytes = 0;
  let next = after ?? (await (since === undefined ? feed.start(scope) : feed.positionBefore(scope, since)));
  let more = true;
  for (let read = 0; read < MAX_READS && more && events.length < limit; read++) {
    const page = await feed.read(scope, next, limit);
    if (page.isAhead && after !== undefined) throw isAhead();
    // Without a cursor, nobody counts on the events that have expired.
    if (page.hasGap && after !== undefined)
      throw after < (await feed.start(scope)) ? wasRestored() : hasExpired();
    for (const event of page.events) {
      const json = event.json(content);
      const isWanted = types === undefined || types.includes(event.type);
      if (isWanted && events.length > 0 && bytes + Buffer.byteLength(json) > MAX_BYTES)
        return { events, next, more: true };
      if (isWanted && events.length === limit) return { events, next, more: true };
      next = event.position;
      if (!isWanted) continue;
      events.push(json);
      bytes += Buffer.byteLength(json);
    }
    next = Math.max(next, page.next);
    ({ more } = page);
  }
  return { events, next, more };
}

const isAhead = (): AdminError =>
  new AdminError(
    'This feed has not reached this cursor yet, so it is one of another feed, or of a time before the table was restored. ' +
      'Read all users, groups, and licenses again, and continue without a cursor.',
    'conflict',
  );

const hasExpired = (): AdminError =>
  new AdminError(
    'Events after this cursor have expired, because the feed keeps them for 30 days. Read all users, groups, and ' +
      'licenses again, and continue without a cursor.',
    'conflict',
  );

const wasRestored = (): AdminError =>
  new AdminError(
    'The data was restored from a backup after this cursor, so changes that you know may be undone. Read all users, ' +
      'groups, and licenses again, and continue without a cursor.',
    'conflict',
  );
