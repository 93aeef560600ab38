import type { ChangeConsumers } from '../../store/consumers/change-consumers';
import type { EventWork } from './event-work';

export interface RecordEventsParts {
  readonly write: () => Promise<void>;
  readonly consumers: Pick<ChangeConsumers, 'current'>;
  /** Requests deliveries to all subscriptions of a domain, or of the deployment. */
  readonly requestDeliveries: (scope: string) => Promise<void>;
}

/**
 * Writes the events of a message, and requests their deliveries unless products only read the feed.
 *
 * This is decided after the write, because a first webhook may have been created since the message was sent.
 * The list of consumers lacks it for at most `CONSUMERS_CACHE_MS`. Its creation waits longer than that, and
 * then requests deliveries itself. So one of the two requests always follows the write.
 *
 * An earlier attempt may have ended between the write and the request, so the request does not depend on
 * whether anything was new.
 */
export async function recordEvents(
  { domainId: scope }: EventWork,
  { write, consumers, requestDeliveries }: RecordEventsParts,
): Promise<void> {
  await write();
  const { hasDeliveries } = await consumers.current();
  if (hasDeliveries(scope)) await requestDeliveries(scope);
}
