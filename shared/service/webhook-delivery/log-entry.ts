import type { DeliveryAttempt } from '../../store/webhooks/delivery-log';
import type { DeferredEvent } from '../../store/webhooks/undelivered';
import type { OutgoingEvent, SendResult } from '../webhooks/channel';
import type { FeedEvent } from './event-feed';

/** Returns what is stored about an event that is not delivered. */
export const summaryOf = ({ position, id, type, subject, time, ttl }: FeedEvent) => ({
  ...{ position, eventId: id, type, subject, time, ttl },
});

/** Returns what is stored about an event that is tried again. */
export const deferredOf = (
  event: FeedEvent,
  { attempts = 0, retryUntil, error, nextAttemptAt }: Partial<DeferredEvent>,
): DeferredEvent => ({
  ...{ ...summaryOf(event), attempts },
  ...(retryUntil !== undefined && { retryUntil }),
  ...(error !== undefined && { error }),
  ...(nextAttemptAt !== undefined && { nextAttemptAt }),
});

/** Returns the entry of an attempt in the log. */
export const logEntry = (
  { id, type, subject }: Pick<OutgoingEvent, 'id' | 'type' | 'subject'>,
  when: Pick<DeliveryAttempt, 'at' | 'attempt'>,
  { durationMs, delivered, status, error }: SendResult,
): DeliveryAttempt => ({
  ...{ eventId: id, type, subject, ...when, durationMs, delivered },
  ...(status !== undefined && { status }),
  ...(error !== undefined && { error }),
});
