import { jwksUrlOf } from '../../../shared/deployment';
import { ENV } from '../../../shared/env';
import type { AdminRoute } from '../../../shared/http/admin/route';
import { eventRoutes } from '../../../shared/http/admin/routes/events/event-routes';
import { eventTypeRoutes } from '../../../shared/http/admin/routes/events/event-type-routes';
import { subscriptionRoutes } from '../../../shared/http/admin/routes/events/subscription-routes';
import { subscriptionDeliveryRoutes } from '../../../shared/http/admin/routes/events/subscription-delivery-routes';
import { BUS_KIND } from '../../../shared/service/event-bus/bus-kind';
import { openEventAdmin } from '../../../shared/service/events/open-event-admin';
import { openWebhookAdmin } from '../../../shared/service/webhook-admin/open-webhook-admin';
import { setKinds } from '../../../shared/service/webhook-admin/set-kinds';
import { webhookKind } from '../../../shared/service/webhook-admin/webhook-kind';
import { readWebhookOrigins } from '../../../shared/service/webhooks/endpoint';
import { putAudit } from '../../../shared/store/audit/audit';
import type { AdminParts } from '../admin-parts';
import { wireSetPollRoutes } from '../set-poll';

/** Wires the routes of events, subscriptions, and deliveries. */
export function wireEventRoutes({ table, deployment, now: clock }: AdminParts): AdminRoute[] {
  const { auditRetentionDays, baseUrl } = deployment;
  const now = () => new Date(clock());
  const eventBusName = process.env[ENV.eventBusName];
  const origins = readWebhookOrigins();
  const webhooks = openWebhookAdmin(table, auditRetentionDays, {
    now,
    writeAudit: (scope, event) => putAudit(table, scope, event, auditRetentionDays),
  });
  const eventParts = { now, deliver: webhooks.retry.bind(webhooks) };
  const events = openEventAdmin(table, auditRetentionDays, eventParts, {
    webhook: webhookKind({ origins }),
    ...(eventBusName && { eventBridge: BUS_KIND }),
    ...setKinds({ origins, issuer: baseUrl }),
  });
  return [
    ...subscriptionDeliveryRoutes(webhooks),
    ...subscriptionRoutes(events.admin, { jwksUrl: jwksUrlOf(deployment), eventBusName }),
    ...eventTypeRoutes(),
    ...eventRoutes(events.feed),
    ...wireSetPollRoutes(table),
  ];
}
