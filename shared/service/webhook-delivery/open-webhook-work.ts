import { EventFeedStore } from '../../store/events/event-feed';
import { isDelivered, isSubscribed } from '../../store/events/subscription';
import type { Table } from '../../store/table/table';
import { DeliveryLog } from '../../store/webhooks/delivery-log';
import { LostEvents } from '../../store/webhooks/lost-events';
import { ParkedWebhooks } from '../../store/webhooks/parked-webhooks';
import { UndeliveredEvents } from '../../store/webhooks/undelivered';
import { WebhookStates } from '../../store/webhooks/webhook-state';
import { WebhookSubscriptions } from '../../store/webhooks/webhook-subscriptions';
import { openWebhookLanes } from '../webhooks/webhook-lanes';
import { openSetChannels } from '../security-events/open-set-channels';
import { openChannels } from './open-channels';
import { feedOfScope } from './scope-feed';
import type { WebhookWorkParts } from './webhook-work';

/** Opens the parts of the function that delivers events. */
export function openWebhookWork(
  table: Table,
  { now, ...callbacks }: Pick<WebhookWorkParts, 'now' | 'onAttempt' | 'onDeadLetter' | 'onSkipped'>,
): WebhookWorkParts {
  // It writes no audit events, so it needs no retention.
  const subscriptions = new WebhookSubscriptions(table, 0);
  const feeds = new EventFeedStore(table, now);
  const channelOf = openChannels(now, openSetChannels(table, now));
  return {
    targetOf: async (ref) => {
      const subscription = await subscriptions.get(ref);
      if (!subscription || !isDelivered(subscription)) return 'deleted';
      if (subscription.state !== 'active') return 'paused';
      const { content, startPosition, createdAt } = subscription;
      return {
        ...{ ref, createdAt, startPosition, channel: await channelOf(subscription) },
        accepts: (type) => isSubscribed(subscription, type),
        feed: feedOfScope(feeds, ref.scope, content),
      };
    },
    activeWebhooks: async (scope) =>
      (await subscriptions.active(scope)).map(({ subscriptionId }) => subscriptionId),
    states: new WebhookStates(table),
    undelivered: new UndeliveredEvents(table),
    lost: new LostEvents(table),
    log: new DeliveryLog(table),
    parked: new ParkedWebhooks(table),
    lanes: openWebhookLanes(now),
    random: Math.random,
    now,
    ...callbacks,
  };
}
