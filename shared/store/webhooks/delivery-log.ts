import { newId } from '../../id';
import { flag, number, optionalNumber, optionalText, text, type Item } from '../table/read-item';
import type { Table } from '../table/table';
import { pageOfWebhook, readEventSummary, type EventSummary } from './event-items';
import { deliveryKey, deliveryPartition, type SubscriptionRef } from './webhook-keys';

/** The time for which attempts are kept. */
const DELIVERY_LOG_DAYS = 30;
const DAY_SECONDS = 86_400;

/** An attempt to deliver an event to a webhook. */
export interface DeliveryAttempt extends EventSummary {
  /** The time of the attempt; RFC 3339. */
  readonly at: string;
  /** The number of this attempt for its event, from 1. */
  readonly attempt: number;
  readonly durationMs: number;
  readonly delivered: boolean;
  /** The status of the response. Absent if there was none. */
  readonly status?: number;
  /** The reason why the attempt failed. */
  readonly error?: string;
}

export interface StoredAttempt extends DeliveryAttempt {
  /** A UUIDv7 of the time of the attempt. */
  readonly id: string;
}

/** A page of attempts. `next` is the last attempt of the page; absent at the end. */
export interface DeliveryPage {
  readonly attempts: readonly StoredAttempt[];
  readonly next?: string;
}

/** The log of attempts to deliver events to webhooks. */
export class DeliveryLog {
  constructor(private readonly table: Table) {}

  async add(ref: SubscriptionRef, attempt: DeliveryAttempt): Promise<StoredAttempt> {
    const at = new Date(attempt.at);
    const id = newId(at);
    const ttl = Math.floor(at.getTime() / 1_000) + DELIVERY_LOG_DAYS * DAY_SECONDS;
    await this.table.put({ ...deliveryKey(ref, id), ...attempt, ttl });
    return { id, ...attempt };
  }

  /** Returns a page of the attempts of a webhook, the latest first. */
  async page(
    ref: SubscriptionRef,
    { now, limit, after }: { readonly now: Date; readonly limit: number; readonly after?: string },
  ): Promise<DeliveryPage> {
    const { items, last } = await pageOfWebhook(this.table, {
      ...{ pk: deliveryPartition(ref.scope), ref, now, limit, descending: true },
      ...(after !== undefined && { after: deliveryKey(ref, after) }),
    });
    return { attempts: items.map(readAttempt), ...(last && { next: idOf(last) }) };
  }
}

const idOf = (item: Item): string => text(item, 'sk').split('#')[1] ?? '';

function readAttempt(item: Item): StoredAttempt {
  const status = optionalNumber(item, 'status');
  const error = optionalText(item, 'error');
  return {
    id: idOf(item),
    ...readEventSummary(item),
    at: text(item, 'at'),
    attempt: number(item, 'attempt'),
    durationMs: number(item, 'durationMs'),
    delivered: flag(item, 'delivered'),
    ...(status !== undefined && { status }),
    ...(error !== undefined && { error }),
  };
}
