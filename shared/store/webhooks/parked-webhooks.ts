import { optionalText, text, type Item } from '../table/read-item';
import type { Table } from '../table/table';
import { PARKED_PARTITION, parkedKey, type SubscriptionRef } from './webhook-keys';

/** A webhook that is tried again at a time. */
export interface ParkedWebhook extends SubscriptionRef {
  /** RFC 3339. */
  readonly dueAt: string;
  /** The time since which the endpoint fails; RFC 3339. Absent if only some events fail. */
  readonly failingSince?: string;
  /** The time of the oldest event that is not delivered; RFC 3339. */
  readonly oldestEventAt: string;
}

/** The webhooks of all domains that wait for their next attempt. */
export class ParkedWebhooks {
  constructor(private readonly table: Table) {}

  async park({ scope, subscriptionId, ...rest }: ParkedWebhook): Promise<void> {
    await this.table.put({ ...parkedKey({ scope, subscriptionId }), ...rest });
  }

  async unpark(ref: SubscriptionRef): Promise<void> {
    await this.table.delete(parkedKey(ref));
  }

  /** Returns all parked webhooks, page by page. */
  async *all(): AsyncGenerator<ParkedWebhook[]> {
    for await (const items of this.table.pages({ pk: PARKED_PARTITION, eventuallyConsistent: true }))
      yield items.map(readParked);
  }
}

function readParked(item: Item): ParkedWebhook {
  const [scope = '', subscriptionId = ''] = text(item, 'sk').split('#');
  const failingSince = optionalText(item, 'failingSince');
  return {
    scope,
    subscriptionId,
    dueAt: text(item, 'dueAt'),
    ...(failingSince !== undefined && { failingSince }),
    oldestEventAt: text(item, 'oldestEventAt'),
  };
}
