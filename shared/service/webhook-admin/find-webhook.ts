import { newId } from '../../id';
import type { Actor, AttributeChange, AuditAction, AuditEvent } from '../../store/audit/audit';
import { isDelivered } from '../../store/events/subscription';
import { DEPLOYMENT } from '../../store/table/keys';
import type { SubscriptionRef } from '../../store/webhooks/webhook-keys';
import type {
  DeliveredSubscription,
  SignedSubscription,
  WebhookSubscriptions,
} from '../../store/webhooks/webhook-subscriptions';
import { AdminError } from '../admin/admin-error';

/** Returns a webhook. Throws an `AdminError` if there is none. */
export async function findWebhook(
  subscriptions: Pick<WebhookSubscriptions, 'get'>,
  ref: SubscriptionRef,
): Promise<SignedSubscription> {
  const subscription = await findDelivered(subscriptions, ref);
  if (subscription.kind === 'webhook') return subscription;
  throw new AdminError(`The subscription ${ref.subscriptionId} is not a webhook.`, 'conflict');
}

/** Returns a subscription to which the service delivers events. Throws an `AdminError` if there is none. */
export async function findDelivered(
  subscriptions: Pick<WebhookSubscriptions, 'get'>,
  ref: SubscriptionRef,
): Promise<DeliveredSubscription> {
  const subscription = await subscriptions.get(ref);
  if (!subscription) throw notFound(ref);
  if (isDelivered(subscription)) return subscription;
  throw new AdminError(
    `The subscription ${ref.subscriptionId} is of the kind ${subscription.kind}, which has no deliveries. Its product ` +
      'reads the events by itself.',
    'conflict',
  );
}

/** Returns such a subscription. Throws an `AdminError` if there is none, or if it is paused. */
export async function findActive(
  subscriptions: Pick<WebhookSubscriptions, 'get'>,
  ref: SubscriptionRef,
): Promise<DeliveredSubscription> {
  const subscription = await findDelivered(subscriptions, ref);
  if (subscription.state === 'active') return subscription;
  throw new AdminError('The subscription is paused. Resume it first.', 'conflict');
}

/** Throws an `AdminError` if there is no active subscription whose receiver polls for SETs. */
export async function assertPolled(
  subscriptions: Pick<WebhookSubscriptions, 'get'>,
  ref: SubscriptionRef,
): Promise<void> {
  const { kind } = await findActive(subscriptions, ref);
  if (kind === 'setPoll') return;
  throw new AdminError(
    `The subscription ${ref.subscriptionId} is of the kind ${kind}. Only one of the kind setPoll is polled.`,
    'conflict',
  );
}

/** Returns the audit event of an action of an administrator. */
export const webhookAudit = (
  action: AuditAction & `subscription.${string}`,
  { subscriptionId }: SubscriptionRef,
  actor: Actor,
  at: Date,
  changes: readonly AttributeChange[],
): AuditEvent => ({ id: newId(), at: at.toISOString(), action, resourceId: subscriptionId, actor, changes });

const notFound = ({ scope, subscriptionId }: SubscriptionRef): AdminError =>
  new AdminError(
    scope === DEPLOYMENT
      ? `The deployment has no subscription ${subscriptionId}.`
      : `The domain ${scope} has no subscription ${subscriptionId}.`,
    'notFound',
  );
