import type { FeedEvent } from './event-feed';
import type { WebhookTarget } from './run-parts';
import type { UndeliveredQueue } from './undelivered-queue';

/**
 * Returns the events at the beginning of a page that one request can deliver; the first one is always among
 * them. Each has another subject, because a request that fails for the first event of a subject must not
 * deliver the second one.
 */
export function batchOf(
  [first, ...others]: readonly FeedEvent[],
  { accepts, channel }: Pick<WebhookTarget, 'accepts' | 'channel'>,
  queue: Pick<UndeliveredQueue, 'has' | 'blocks'>,
): FeedEvent[] {
  if (!first) return [];
  const batch = [first];
  for (const event of others) {
    if (!accepts(event.type) || queue.has(event.position)) continue;
    const mustWait = queue.blocks(event.subject) || batch.some(({ subject }) => subject === event.subject);
    if (mustWait || !channel.fits([...batch, event])) break;
    batch.push(event);
  }
  return batch;
}
