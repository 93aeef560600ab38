import { EventFeedStore } from '../../store/events/event-feed';
import type { Table } from '../../store/table/table';
import { DeliveryLog } from '../../store/webhooks/delivery-log';
import { LostEvents } from '../../store/webhooks/lost-events';
import { UndeliveredEvents } from '../../store/webhooks/undelivered';
import { WebhookStates } from '../../store/webhooks/webhook-state';
import { WebhookSubscriptions } from '../../store/webhooks/webhook-subscriptions';
import { openChannels, readWebhookSecret } from '../webhook-delivery/open-channels';
import { WebhookAdmin } from './webhook-admin';
import type { WebhookAdminParts } from './webhook-admin-parts';
import { openWebhookLanes } from '../webhooks/webhook-lanes';

/** Opens the administration of deliveries. */
export function openWebhookAdmin(
  table: Table,
  auditRetentionDays: number,
  { now, writeAudit }: Pick<WebhookAdminParts, 'now' | 'writeAudit'>,
): WebhookAdmin {
  const feeds = new EventFeedStore(table, now);
  return new WebhookAdmin({
    subscriptions: new WebhookSubscriptions(table, auditRetentionDays),
    states: new WebhookStates(table),
    lost: new LostEvents(table),
    undelivered: new UndeliveredEvents(table),
    log: new DeliveryLog(table),
    positionBefore: (scope, time) => feeds.positionBefore(scope, time),
    lanes: openWebhookLanes(now),
    channelOf: openChannels(now),
    secretOf: readWebhookSecret,
    writeAudit,
    now,
  });
}
