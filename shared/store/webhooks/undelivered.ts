import { number, optionalNumber, optionalText, text, type Item } from '../table/read-item';
import type { Table } from '../table/table';
import { isKept, pageOfWebhook, readEventSummary, type EventSummary } from './event-items';
import {
  deadLetterKey,
  deadLetterPartition,
  deferredKey,
  deferredPartition,
  ofSubscription,
  type SubscriptionRef,
} from './webhook-keys';

/** An event of the feed that a webhook did not accept. */
interface UndeliveredEvent extends EventSummary {
  readonly position: number;
  /** The time at which the event was written; RFC 3339. */
  readonly time: string;
  /** The attempts so far. It is 0 if the event waits behind an earlier one of its subject. */
  readonly attempts: number;
  /** The reason of the last failure. */
  readonly error?: string;
  /** The time at which the feed drops the event, in seconds since the epoch. */
  readonly ttl: number;
}

/** An event that is tried again. */
export interface DeferredEvent extends UndeliveredEvent {
  /** The time of the next attempt; RFC 3339. It is absent if the event may be tried at once. */
  readonly nextAttemptAt?: string;
  /** If it fails after this time, it becomes a dead letter; RFC 3339. */
  readonly retryUntil?: string;
}

/** An event that is not tried again, unless an administrator replays it. */
export interface DeadLetter extends UndeliveredEvent {
  /** RFC 3339. */
  readonly failedAt: string;
}

/** A page of dead letters. `next` is the position after the page; absent at the end. */
export interface DeadLetterPage {
  readonly deadLetters: readonly DeadLetter[];
  readonly next?: number;
}

/** The events that webhooks did not accept. Their contents stay in the feed. */
export class UndeliveredEvents {
  constructor(private readonly table: Table) {}

  /** Returns the first `limit` deferred events of a webhook, in the order of the feed. */
  async deferred(ref: SubscriptionRef, limit: number): Promise<DeferredEvent[]> {
    const { items } = await this.table.query({
      pk: deferredPartition(ref.scope),
      sortKey: { beginsWith: ofSubscription(ref) },
      limit,
    });
    return items.map(readDeferred);
  }

  async defer(ref: SubscriptionRef, event: DeferredEvent): Promise<void> {
    await this.table.put({ ...deferredKey(ref, event.position), ...event });
  }

  /** Removes a deferred event that was delivered. */
  async settle(ref: SubscriptionRef, position: number): Promise<void> {
    await this.table.delete(deferredKey(ref, position));
  }

  /** Gives up an event. If this is interrupted, the event is tried once more. */
  async giveUp(ref: SubscriptionRef, letter: DeadLetter): Promise<void> {
    await this.table.put({ ...deadLetterKey(ref, letter.position), ...letter });
    await this.settle(ref, letter.position);
  }

  /** Returns a page of the dead letters of a webhook that the feed still has, the oldest first. */
  async deadLetters(
    ref: SubscriptionRef,
    { now, limit, after }: { readonly now: Date; readonly limit: number; readonly after?: number },
  ): Promise<DeadLetterPage> {
    const { items, last } = await pageOfWebhook(this.table, {
      ...{ pk: deadLetterPartition(ref.scope), ref, now, limit },
      ...(after !== undefined && { after: deadLetterKey(ref, after) }),
    });
    return { deadLetters: items.map(readDeadLetter), ...(last && { next: number(last, 'position') }) };
  }

  /**
   * Returns the number of dead letters of each webhook of a domain, or of the deployment. Counts up to
   * `limit` in all, and none that have expired.
   */
  async countDeadLetters(scope: string, now: Date, limit: number): Promise<ReadonlyMap<string, number>> {
    const counts = new Map<string, number>();
    let left = limit;
    const query = { pk: deadLetterPartition(scope), limit, eventuallyConsistent: true };
    for await (const items of this.table.pages(query)) {
      const kept = items.filter((item) => isKept(item, now)).slice(0, left);
      for (const item of kept) {
        const [subscriptionId = ''] = text(item, 'sk').split('#');
        counts.set(subscriptionId, (counts.get(subscriptionId) ?? 0) + 1);
      }
      left -= kept.length;
      if (left === 0) break;
    }
    return counts;
  }

  /** Makes a dead letter due again. If it fails after `retryUntil`, it becomes a dead letter again. */
  async replay(
    ref: SubscriptionRef,
    { failedAt: _, error: __, ...event }: DeadLetter,
    retryUntil: Date,
  ): Promise<void> {
    await this.defer(ref, { ...event, attempts: 0, retryUntil: retryUntil.toISOString() });
    await this.table.delete(deadLetterKey(ref, event.position));
  }
}

function readUndelivered(item: Item): UndeliveredEvent {
  const error = optionalText(item, 'error');
  return {
    ...readEventSummary(item),
    position: number(item, 'position'),
    time: text(item, 'time'),
    attempts: optionalNumber(item, 'attempts') ?? 0,
    ...(error !== undefined && { error }),
    ttl: number(item, 'ttl'),
  };
}

function readDeferred(item: Item): DeferredEvent {
  const nextAttemptAt = optionalText(item, 'nextAttemptAt');
  const retryUntil = optionalText(item, 'retryUntil');
  return {
    ...readUndelivered(item),
    ...(nextAttemptAt && { nextAttemptAt }),
    ...(retryUntil && { retryUntil }),
  };
}

const readDeadLetter = (item: Item): DeadLetter => ({
  ...readUndelivered(item),
  failedAt: text(item, 'failedAt'),
});
