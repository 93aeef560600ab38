import { newId } from '../../id';
import type { Actor, AttributeChange, AuditAction } from '../../store/audit/audit';
import { creatorOf } from '../../store/audit/creator';
import type { DeliveryPage } from '../../store/webhooks/delivery-log';
import type { DeadLetterPage } from '../../store/webhooks/undelivered';
import type { SubscriptionRef } from '../../store/webhooks/webhook-keys';
import type { SkippedEvents } from '../../store/webhooks/webhook-progress';
import type { StoredSecret } from '../../store/webhooks/webhook-subscriptions';
import { hasSets } from '../../store/events/subscription';
import { AdminError } from '../admin/admin-error';
import { logEntry } from '../webhook-delivery/log-entry';
import { skippedEvents } from '../webhooks/expired-events';
import { NO_RESULT, type SendResult } from '../webhooks/channel';
import { MAX_SECRETS } from '../webhooks/webhook-secret';
import { findActive, findDelivered, findWebhook, webhookAudit } from './find-webhook';
import { testEvent } from './test-event';
import type { WebhookAdminParts } from './webhook-admin-parts';
import { replay, type Replay, type ReplayResult } from './webhook-replays';

/** The time between two test events to one webhook. */
const TEST_INTERVAL_MS = 5_000;

/** The state of the deliveries of a subscription, as administrators see it. Times are RFC 3339. */
export interface WebhookStatus {
  /** The position in the feed up to which events were delivered, or are tried again. */
  readonly position: number;
  readonly deliveredAt?: string;
  /** The time since which no event was accepted. Absent if the last attempt succeeded. */
  readonly failingSince?: string;
  readonly lastError?: string;
  /** The time of the next attempt, if something is tried again. */
  readonly nextAttemptAt?: string;
  /** The events that expired before they were delivered. */
  readonly skipped?: SkippedEvents;
  /** The signing secrets of a webhook, the latest first. */
  readonly secrets: readonly StoredSecret[];
}

/** The actions of administrators on deliveries. Throws `AdminError`. */
export class WebhookAdmin {
  constructor(private readonly parts: WebhookAdminParts) {}

  async status(ref: SubscriptionRef): Promise<WebhookStatus> {
    const { kind, secrets, startPosition } = await findDelivered(this.parts.subscriptions, ref);
    const state = await this.parts.states.get(ref);
    const { position = startPosition, deliveredAt, failingSince, lastError, parkedUntil } = state ?? {};
    const skipped = state && skippedEvents(state, this.parts.now());
    return {
      position,
      ...(deliveredAt !== undefined && { deliveredAt }),
      ...(failingSince !== undefined && { failingSince }),
      ...(lastError !== undefined && { lastError }),
      ...(parkedUntil !== undefined && { nextAttemptAt: parkedUntil }),
      ...(skipped && { skipped }),
      secrets: kind === 'webhook' ? secrets : [],
    };
  }

  /** Adds a signing secret. Until the former one is revoked, each message has signatures of both. */
  async createSecret(ref: SubscriptionRef, actor: Actor): Promise<StoredSecret & { secret: string }> {
    const now = this.parts.now();
    const added = { secretId: newId(now), createdAt: now.toISOString() };
    await this.changeSecrets(ref, 'subscription.secretCreated', actor, (secrets) => {
      if (secrets.length >= MAX_SECRETS)
        throw new AdminError(
          `The webhook already has ${MAX_SECRETS} secrets. Revoke the former one, after its receiver uses the latest.`,
          'conflict',
        );
      return { secrets: [added, ...secrets], changes: [{ attribute: 'secretId', after: added.secretId }] };
    });
    return { ...added, secret: await this.parts.secretOf({ ...ref, secretId: added.secretId }) };
  }

  /** Ends a secret. A call may be repeated. */
  async revokeSecret(ref: SubscriptionRef, secretId: string, actor: Actor): Promise<void> {
    await this.changeSecrets(ref, 'subscription.secretRevoked', actor, (secrets) => {
      const left = secrets.filter((secret) => secret.secretId !== secretId);
      if (left.length === secrets.length)
        throw new AdminError(`The webhook has no secret ${secretId}. It may have been revoked.`, 'notFound');
      if (left.length === 0)
        throw new AdminError(
          'A webhook needs a secret. Create another one before you revoke this one.',
          'conflict',
        );
      return { secrets: left, changes: [{ attribute: 'secretId', before: secretId }] };
    });
  }

  /**
   * Sends a test event now, whatever the state of the webhook is, and returns what the endpoint made of it.
   */
  async sendTest(ref: SubscriptionRef, actor: Actor): Promise<SendResult & { eventId: string; at: string }> {
    const subscription = await findDelivered(this.parts.subscriptions, ref);
    if (hasSets(subscription.kind)) throw noTestEvents(subscription.kind);
    const { states, channelOf, log, lanes, now } = this.parts;
    const at = now();
    if (!(await states.claimTest(ref, at, TEST_INTERVAL_MS)))
      throw new AdminError(
        'A test event was sent to this subscription a moment ago. Wait a few seconds.',
        'tooSoon',
        TEST_INTERVAL_MS / 1_000,
      );
    const event = testEvent(ref, actor, at);
    const { deliver } = await channelOf(subscription);
    const [result = NO_RESULT] = await deliver([event]);
    await log.add(ref, logEntry(event, { at: at.toISOString(), attempt: 1 }, result));
    await this.audit(ref, 'subscription.tested', actor, [
      { attribute: 'delivered', after: result.delivered },
    ]);
    if (result.delivered) {
      await states.retryNow(ref);
      await lanes.send({ domainId: ref.scope, subscriptionId: ref.subscriptionId });
    }
    return { ...result, eventId: event.id, at: at.toISOString() };
  }

  /** Lets the service try a failing endpoint at once. */
  async retry(ref: SubscriptionRef): Promise<void> {
    await findActive(this.parts.subscriptions, ref);
    await this.parts.states.retryNow(ref);
    await this.wake(ref);
  }

  async deliveries(ref: SubscriptionRef, limit: number, after?: string): Promise<DeliveryPage> {
    await findDelivered(this.parts.subscriptions, ref);
    return this.parts.log.page(ref, { now: this.parts.now(), limit, after });
  }

  async deadLetters(ref: SubscriptionRef, limit: number, after?: number): Promise<DeadLetterPage> {
    await findDelivered(this.parts.subscriptions, ref);
    return this.parts.undelivered.deadLetters(ref, { now: this.parts.now(), limit, after });
  }

  /** Delivers dead letters again, or all events since a time. */
  replay(ref: SubscriptionRef, what: Replay, actor: Actor): Promise<ReplayResult> {
    return replay(this.parts, ref, what, actor);
  }

  private async wake({ scope, subscriptionId }: SubscriptionRef): Promise<void> {
    await this.parts.lanes.send({ domainId: scope, subscriptionId });
  }

  private async changeSecrets(
    ref: SubscriptionRef,
    action: AuditAction & `subscription.${string}`,
    actor: Actor,
    change: (secrets: readonly StoredSecret[]) => { secrets: StoredSecret[]; changes: AttributeChange[] },
  ): Promise<void> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const webhook = await findWebhook(this.parts.subscriptions, ref);
      const { secrets, changes } = change(webhook.secrets);
      const audit = webhookAudit(action, ref, actor, this.parts.now(), changes);
      // Without the oldest secret, the person who created the webhook knows none.
      const keepsOldest = secrets.at(-1)?.secretId === webhook.secrets.at(-1)?.secretId;
      const creator = keepsOldest ? {} : creatorOf(actor);
      if (await this.parts.subscriptions.replaceSecrets(webhook, secrets, audit, creator)) return;
    }
    throw new AdminError('Other changes of the subscription came first. Try again.', 'conflict');
  }

  private audit(
    ref: SubscriptionRef,
    action: AuditAction & `subscription.${string}`,
    actor: Actor,
    changes: readonly AttributeChange[],
  ): Promise<void> {
    return this.parts.writeAudit(ref.scope, webhookAudit(action, ref, actor, this.parts.now(), changes));
  }
}

const MAX_ATTEMPTS = 5;

const noTestEvents = (kind: string): AdminError =>
  new AdminError(
    `A subscription of the kind ${kind} has no test events, because SCIM has none. Change a user, and look at the ` +
      'deliveries.',
    'conflict',
  );
