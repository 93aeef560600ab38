import { auditWrite, type AuditEvent } from '../audit/audit';
import { addEventsConsumer, removeEventsConsumer } from '../consumers/consumer-store';
import { subscriptionKey, subscriptionsPartition } from '../table/event-keys';
import { DEPLOYMENT, domainKey } from '../table/keys';
import type { Item } from '../table/read-item';
import type { Table } from '../table/table';
import { VersionConflict } from '../table/operations/transaction';
import { ITEM_EXISTS, ITEM_IS_ABSENT, type Write } from '../table/write';
import type { EventScope } from './event-feed';
import { leaveFeedWrite, openFeedWrite } from './feed-log';
import { isDelivered, readSubscription, type Subscription } from './subscription';

/** The attributes that a change sets or removes. Those of a kind belong to the kind. */
export interface SubscriptionChange {
  readonly set?: Item;
  readonly remove?: readonly string[];
}

/**
 * The subscriptions of a deployment. Each change is one transaction with its audit event and the list of
 * consumers.
 */
export class SubscriptionStore {
  constructor(
    private readonly table: Table,
    private readonly auditRetentionDays: number,
  ) {}

  async get(scope: EventScope, subscriptionId: string): Promise<Subscription | undefined> {
    const item = await this.table.get(subscriptionKey(scope, subscriptionId));
    return item && readSubscription(scope, item);
  }

  /** Returns all subscriptions of a scope, oldest first. */
  async list(scope: EventScope): Promise<Subscription[]> {
    const subscriptions: Subscription[] = [];
    for await (const items of this.table.pages({ pk: subscriptionsPartition(scope) }))
      subscriptions.push(...items.map((item) => readSubscription(scope, item)));
    return subscriptions;
  }

  /**
   * Creates a subscription, and the feed if it is the first one. `attributes` are those of its kind. Writes
   * nothing if the domain does not exist, or if the scope has `limit` subscriptions.
   */
  async create(
    { scope, ...subscription }: Subscription,
    attributes: Item,
    limit: number,
    audit: AuditEvent,
  ): Promise<'created' | 'noDomain' | 'limit'> {
    const { subscriptionId } = subscription;
    const failed = await this.table.tryTransact([
      openFeedWrite(scope, new Date(subscription.createdAt), limit),
      {
        put: { ...subscriptionKey(scope, subscriptionId), ...subscription, ...attributes },
        condition: ITEM_IS_ABSENT,
      },
      ...(scope === DEPLOYMENT ? [] : [{ check: domainKey(scope), condition: ITEM_EXISTS }]),
      ...addEventsConsumer(scope, subscriptionId, consumerOf(subscription)),
      this.auditWrite(scope, audit),
    ]);
    if (failed.length === 0) return 'created';
    return failed.includes(0) ? 'limit' : 'noDomain';
  }

  /**
   * Changes a subscription, together with `extraWrites`. Throws `VersionConflict` if it has changed since
   * `before` was read, or is deleted.
   */
  async change(
    before: Subscription,
    { set = {}, remove = [] }: SubscriptionChange,
    audit: AuditEvent,
    extraWrites: readonly Write[] = [],
  ): Promise<Subscription> {
    const { scope, subscriptionId, version } = before;
    const { content = before.content } = set as Partial<Subscription>;
    await this.table.transact([
      {
        update: subscriptionKey(scope, subscriptionId),
        set: { ...set, version: version + 1 },
        remove,
        ...isUnchanged(before),
      },
      ...(content === before.content
        ? []
        : addEventsConsumer(scope, subscriptionId, consumerOf({ ...before, content }))),
      this.auditWrite(scope, audit),
      ...extraWrites,
    ]);
    const after = await this.get(scope, subscriptionId);
    if (!after) throw new VersionConflict();
    return after;
  }

  /**
   * Deletes a subscription, with what `extraWrites` delete. Throws `VersionConflict` if it has changed since
   * `before` was read, or is deleted.
   */
  async delete(before: Subscription, audit: AuditEvent, extraWrites: readonly Write[] = []): Promise<void> {
    const { scope, subscriptionId } = before;
    await this.table.transact([
      { delete: subscriptionKey(scope, subscriptionId), ...isUnchanged(before) },
      leaveFeedWrite(scope),
      ...removeEventsConsumer(scope, subscriptionId),
      this.auditWrite(scope, audit),
      ...extraWrites,
    ]);
  }

  private auditWrite(scope: EventScope, audit: AuditEvent): Write {
    return auditWrite(scope, audit, this.auditRetentionDays);
  }
}

const consumerOf = (subscription: Pick<Subscription, 'kind' | 'content'>) => ({
  full: subscription.content === 'full',
  pulls: !isDelivered(subscription),
});

const isUnchanged = ({ version }: Subscription) => ({
  condition: { expression: '#version = :before', values: { before: version } },
  conditionError: () => new VersionConflict(),
});
