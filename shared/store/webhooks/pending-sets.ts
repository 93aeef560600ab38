import type { PageKey } from '../table/operations/query';
import { number, text, type Item } from '../table/read-item';
import type { Table } from '../table/table';
import { ofSubscription, pendingSetKey, pendingSetPartition, type SubscriptionRef } from './webhook-keys';

/** A signed SET that its receiver has not acknowledged. */
export interface PendingSet {
  /** The position of the event in the feed. */
  readonly position: number;
  /** The claim `jti`. */
  readonly jti: string;
  /** The SET. It is stored, so that each poll returns the same bytes. */
  readonly jwt: string;
  readonly eventId: string;
  readonly type: string;
  readonly subject: string;
  /** The time at which the event was written; RFC 3339. */
  readonly time: string;
  /** The time at which the feed drops the event, in seconds since the epoch. */
  readonly ttl: number;
}

/** A page of SETs. `more` is true if others follow. */
export interface PendingSetPage {
  readonly sets: readonly PendingSet[];
  readonly more: boolean;
}

/** The SETs of subscriptions that are polled. */
export class PendingSets {
  constructor(private readonly table: Table) {}

  /**
   * Adds a SET. One with the same `jti` stays, so that it has the same bytes after a delivery that is
   * repeated.
   */
  async add(ref: SubscriptionRef, set: PendingSet): Promise<void> {
    await this.table.put(
      { ...pendingSetKey(ref, set.position), ...set },
      { condition: { expression: 'attribute_not_exists(pk) OR jti <> :jti', values: { jti: set.jti } } },
    );
  }

  /** Returns the SET at a position; undefined if it was acknowledged, or is another one. */
  async find(
    ref: SubscriptionRef,
    { position, jti }: Pick<PendingSet, 'position' | 'jti'>,
  ): Promise<PendingSet | undefined> {
    const item = await this.table.get(pendingSetKey(ref, position));
    const set = item && readPendingSet(item);
    return set?.jti === jti ? set : undefined;
  }

  /** Removes a SET, unless another one has taken its position. */
  async remove(ref: SubscriptionRef, { position, jti }: Pick<PendingSet, 'position' | 'jti'>): Promise<void> {
    await this.table.delete(pendingSetKey(ref, position), {
      condition: { expression: 'attribute_not_exists(pk) OR jti = :jti', values: { jti } },
    });
  }

  /** Returns the first SETs of a subscription that the feed still has, in the order of the feed. */
  async first(ref: SubscriptionRef, now: Date, limit: number): Promise<PendingSetPage> {
    const sets: PendingSet[] = [];
    let after: PageKey | undefined;
    do {
      const { items, next } = await this.table.query({
        pk: pendingSetPartition(ref.scope),
        sortKey: { beginsWith: ofSubscription(ref) },
        limit,
        after,
      });
      // DynamoDB deletes expired items up to days later.
      sets.push(...items.map(readPendingSet).filter(({ ttl }) => ttl * 1_000 > now.getTime()));
      after = next;
    } while (after && sets.length < limit);
    return { sets: sets.slice(0, limit), more: after !== undefined || sets.length > limit };
  }
}

const readPendingSet = (item: Item): PendingSet => ({
  position: number(item, 'position'),
  jti: text(item, 'jti'),
  jwt: text(item, 'jwt'),
  eventId: text(item, 'eventId'),
  type: text(item, 'type'),
  subject: text(item, 'subject'),
  time: text(item, 'time'),
  ttl: number(item, 'ttl'),
});
