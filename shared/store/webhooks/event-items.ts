import type { ItemKey } from '../table/keys';
import { number, text, type Item } from '../table/read-item';
import type { Table } from '../table/table';
import { ofSubscription, type SubscriptionRef } from './webhook-keys';

/** The event that an item of a webhook is about. */
export interface EventSummary {
  readonly eventId: string;
  readonly type: string;
  readonly subject: string;
}

export const readEventSummary = (item: Item): EventSummary => ({
  eventId: text(item, 'eventId'),
  type: text(item, 'type'),
  subject: text(item, 'subject'),
});

/** Returns whether an item has not expired. DynamoDB removes expired items late. */
export const isKept = (item: Item, now: Date): boolean => number(item, 'ttl') * 1_000 > now.getTime();

export interface EventItemsQuery {
  /** A partition whose sort keys begin with the subscription. */
  readonly pk: string;
  readonly ref: SubscriptionRef;
  readonly now: Date;
  readonly limit: number;
  /** The last item of the previous page. */
  readonly after?: ItemKey;
  readonly descending?: boolean;
}

/** Returns a page of the items of a webhook that have not expired. `last` is absent at the end. */
export async function pageOfWebhook(
  table: Table,
  { pk, ref, now, ...range }: EventItemsQuery,
): Promise<{ readonly items: readonly Item[]; readonly last?: Item }> {
  const { items, next } = await table.query({
    ...{ pk, sortKey: { beginsWith: ofSubscription(ref) } },
    ...range,
  });
  const last = next && items.at(-1);
  return { items: items.filter((item) => isKept(item, now)), ...(last && { last }) };
}
