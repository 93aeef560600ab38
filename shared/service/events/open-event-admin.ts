import { awaitDispatchers } from '../../store/consumers/change-consumers';
import { EventFeedStore } from '../../store/events/event-feed';
import { SubscriptionStore } from '../../store/events/subscription-store';
import type { Table } from '../../store/table/table';
import { SubscriptionAdmin, type SubscriptionAdminDependencies } from './subscription-admin';

/**
 * Opens the feeds of a table, and the administration of their subscriptions. `kinds` are those with an
 * endpoint.
 */
export function openEventAdmin(
  table: Table,
  auditRetentionDays: number,
  { now, deliver }: Pick<SubscriptionAdminDependencies, 'now' | 'deliver'>,
  kinds: SubscriptionAdminDependencies['kinds'],
) {
  const feed = new EventFeedStore(table, now);
  const store = new SubscriptionStore(table, auditRetentionDays);
  return { feed, admin: new SubscriptionAdmin({ store, feed, kinds, awaitDispatchers, deliver, now }) };
}
