import type { Table } from '../table/table';
import { webhookKey, type SubscriptionRef } from './webhook-keys';
import type { SkippedEvents, TimeRange } from './webhook-progress';

const DAY_MS = 86_400_000;
/** Losses that were found in this time are one loss, which a receiver makes up for at once. */
const SAME_LOSS_MS = 30 * DAY_MS;

/** Keeps which events a subscription has lost, and which it is going to lose. */
export class LostEvents {
  constructor(private readonly table: Table) {}

  /**
   * Stores that events expired before they were delivered. Returns the stored times, which contain those of
   * `before`.
   */
  async skip(
    ref: SubscriptionRef,
    before: SkippedEvents | undefined,
    { from, until }: TimeRange,
    now: Date,
  ): Promise<SkippedEvents> {
    const isSame = before && now.getTime() - Date.parse(before.at) < SAME_LOSS_MS;
    const skipped = {
      from: isSame && before.from < from ? before.from : from,
      until: isSame && before.until > until ? before.until : until,
      at: now.toISOString(),
    };
    await this.table.update(webhookKey(ref), {
      set: { skippedFrom: skipped.from, skippedUntil: skipped.until, skippedAt: skipped.at },
    });
    return skipped;
  }

  /** Stores that the events of these times contain one that was given up. */
  async giveUp(ref: SubscriptionRef, { from, until }: TimeRange): Promise<void> {
    await this.table.update(
      webhookKey(ref),
      { set: { givenUpFrom: from } },
      {
        condition: {
          expression: 'attribute_not_exists(givenUpFrom) OR givenUpFrom > :from',
          values: { from },
        },
      },
    );
    await this.table.update(
      webhookKey(ref),
      { set: { givenUpUntil: until } },
      {
        condition: {
          expression: 'attribute_not_exists(givenUpUntil) OR givenUpUntil < :until',
          values: { until },
        },
      },
    );
  }

  /**
   * Stores that the events that were given up before a time are no more of interest, or all of them. Changes
   * nothing if others were given up since `seen` was read.
   */
  async forgetGivenUp(ref: SubscriptionRef, seen: TimeRange, before?: string): Promise<void> {
    await this.table.update(
      webhookKey(ref),
      before === undefined ? { remove: ['givenUpFrom', 'givenUpUntil'] } : { set: { givenUpFrom: before } },
      { condition: { expression: 'givenUpUntil = :until', values: { until: seen.until } } },
    );
  }

  /** Stores that the receiver has acknowledged all events that were recorded before a time. */
  async acknowledge(ref: SubscriptionRef, until: string): Promise<void> {
    await this.table.update(webhookKey(ref), { set: { acknowledgedUntil: until } });
  }
}
