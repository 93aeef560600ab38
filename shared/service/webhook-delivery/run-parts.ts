import type { EventType } from '../../events/event-types';
import type { DeliveryAttempt, DeliveryLog } from '../../store/webhooks/delivery-log';
import type { UndeliveredEvents } from '../../store/webhooks/undelivered';
import type { SubscriptionRef } from '../../store/webhooks/webhook-keys';
import type { LostEvents } from '../../store/webhooks/lost-events';
import type { WebhookLease, WebhookStates } from '../../store/webhooks/webhook-state';
import type { SkippedEvents } from '../../store/webhooks/webhook-progress';
import type { EventFeed, FeedEvent } from './event-feed';
import type { Channel } from '../webhooks/channel';

/**
 * How a run ended. `idle`: everything is delivered. `parked`: something is tried again later. `unfinished`:
 * the time was up. `lost`: the run does not have the lease anymore, because the subscription was changed,
 * deleted, or replayed, or because another run took over.
 */
export type RunEnd = 'idle' | 'parked' | 'unfinished' | 'lost';

export interface RunResult {
  readonly end: RunEnd;
  readonly lease: WebhookLease;
  /** The time of the oldest event that is not delivered, as far as the run knows. */
  readonly oldestEventAt?: string;
}

/** A subscription, with the events that it gets, and the way to deliver them. */
export interface WebhookTarget {
  readonly ref: SubscriptionRef;
  readonly channel: Channel;
  /** The time of the creation of the subscription; RFC 3339. */
  readonly createdAt: string;
  /** The position of the feed at the creation of the subscription. */
  readonly startPosition: number;
  readonly accepts: (type: EventType) => boolean;
  readonly feed: EventFeed;
}

export interface WebhookRunParts {
  readonly target: WebhookTarget;
  readonly undelivered: Pick<UndeliveredEvents, 'deferred' | 'defer' | 'settle' | 'giveUp'>;
  readonly states: Pick<WebhookStates, 'save'>;
  readonly lost: Pick<LostEvents, 'skip' | 'giveUp' | 'forgetGivenUp'>;
  readonly log: Pick<DeliveryLog, 'add'>;
  readonly now: () => Date;
  /** A number from 0 to 1. */
  readonly random: () => number;
  readonly isTimeUp: () => boolean;
  /** Called for each attempt. */
  readonly onAttempt: (ref: SubscriptionRef, event: FeedEvent, attempt: DeliveryAttempt) => void;
  /** Called for each event that is given up. */
  readonly onDeadLetter: (ref: SubscriptionRef, eventId: string, type: string) => void;
  /** Called for events that expired before they were delivered. */
  readonly onSkipped: (ref: SubscriptionRef, skipped: SkippedEvents) => void;
}
