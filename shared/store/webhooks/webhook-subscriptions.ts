import type { AuditEvent } from '../audit/audit';
import type { Creator } from '../audit/creator';
import { isDelivered, readSubscription, type DeliveredKind, type Subscription } from '../events/subscription';
import { SubscriptionStore } from '../events/subscription-store';
import { subscriptionKey, subscriptionsPartition } from '../table/event-keys';
import { optionalList, text, type Item } from '../table/read-item';
import type { Table } from '../table/table';
import { VersionConflict } from '../table/operations/transaction';
import type { SubscriptionRef } from './webhook-keys';
import { endRunWrite } from './webhook-state';

/** Identifies a signing secret. Its text is derived, and stored nowhere. */
export interface StoredSecret {
  readonly secretId: string;
  /** RFC 3339. */
  readonly createdAt: string;
}

/** A subscription with its signing secrets, the latest first. Only those of webhooks are used. */
export interface SignedSubscription extends Subscription {
  readonly secrets: readonly StoredSecret[];
}

/** A subscription to which the service delivers events by itself. */
export type DeliveredSubscription = SignedSubscription & { readonly kind: DeliveredKind };

/** The subscriptions, as the delivery of events reads them. */
export class WebhookSubscriptions {
  constructor(
    private readonly table: Table,
    private readonly auditRetentionDays: number,
  ) {}

  async get({ scope, subscriptionId }: SubscriptionRef): Promise<SignedSubscription | undefined> {
    const item = await this.table.get(subscriptionKey(scope, subscriptionId));
    return item && readSigned(scope, item);
  }

  /** Returns the subscriptions of a domain, or of the deployment, that get events and are not paused. */
  async active(scope: string): Promise<DeliveredSubscription[]> {
    const subscriptions: SignedSubscription[] = [];
    for await (const items of this.table.pages({ pk: subscriptionsPartition(scope) }))
      subscriptions.push(...items.map((item) => readSigned(scope, item)));
    return subscriptions.filter(isDelivered).filter(({ state }) => state === 'active');
  }

  /**
   * Replaces the secrets, and ends a run that signs with the former ones. `creator` is empty unless somebody
   * else answers for all of them now. Returns false if the subscription has changed since it was read.
   */
  async replaceSecrets(
    webhook: SignedSubscription,
    secrets: readonly StoredSecret[],
    audit: AuditEvent,
    creator: Creator,
  ): Promise<boolean> {
    try {
      await new SubscriptionStore(this.table, this.auditRetentionDays).change(
        webhook,
        { set: { secrets, ...creator } },
        audit,
        [endRunWrite(webhook)],
      );
      return true;
    } catch (error) {
      if (error instanceof VersionConflict) return false;
      throw error;
    }
  }
}

function readSigned(scope: string, item: Item): SignedSubscription {
  const subscription = readSubscription(scope, item);
  const { subscriptionId, createdAt } = subscription;
  const stored = optionalList(item, 'secrets', (each) => ({
    secretId: text(each, 'secretId'),
    createdAt: text(each, 'createdAt'),
  }));
  // The first secret has the id of its webhook, so that the creation writes nothing more.
  return { ...subscription, secrets: stored ?? [{ secretId: subscriptionId, createdAt }] };
}
