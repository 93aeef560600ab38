import { setTimeout as sleep } from 'node:timers/promises';
import type { AdminRoute } from '../../shared/http/admin/route';
import { subscriptionSetRoutes } from '../../shared/http/admin/routes/events/subscription-set-routes';
import { poll, type PollParts } from '../../shared/service/security-events/poll';
import { PollProgress } from '../../shared/service/security-events/poll-progress';
import { assertPolled } from '../../shared/service/webhook-admin/find-webhook';
import type { Table } from '../../shared/store/table/table';
import { PendingSets } from '../../shared/store/webhooks/pending-sets';
import { LostEvents } from '../../shared/store/webhooks/lost-events';
import { UndeliveredEvents } from '../../shared/store/webhooks/undelivered';
import { WebhookStates } from '../../shared/store/webhooks/webhook-state';
import { WebhookSubscriptions } from '../../shared/store/webhooks/webhook-subscriptions';
import { logger } from '../../shared/logging/telemetry';

/** Wires the routes at which receivers poll for SETs. */
export function wireSetPollRoutes(table: Table): AdminRoute[] {
  // It writes no audit events, so it needs no retention.
  const subscriptions = new WebhookSubscriptions(table, 0);
  const now = () => new Date();
  const lost = new LostEvents(table);
  const progress = new PollProgress({
    ...{ states: new WebhookStates(table), lost, now },
    onSkipped: (ref, skipped) =>
      logger.error('Events expired before their receiver polled', { ...ref, ...skipped }),
  });
  const parts: PollParts = {
    sets: new PendingSets(table),
    undelivered: new UndeliveredEvents(table),
    ...{ lost, now },
    onPolled: (ref, oldest) => progress.note(ref, oldest),
    wait: (milliseconds) => sleep(milliseconds),
    onRefused: ({ scope, subscriptionId }, { eventId, type }, reason) =>
      logger.warn('A receiver refused an event', { scope, subscriptionId, eventId, type, error: reason }),
  };
  return subscriptionSetRoutes({
    check: (ref) => assertPolled(subscriptions, ref),
    poll: (ref, request) => poll(ref, request, parts),
  });
}
