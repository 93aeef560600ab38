import { timeOfId } from '../../id';
import type { LostEvents } from '../../store/webhooks/lost-events';
import type { SubscriptionRef } from '../../store/webhooks/webhook-keys';
import type { WebhookStates } from '../../store/webhooks/webhook-state';
import type { SkippedEvents } from '../../store/webhooks/webhook-progress';
import { contains, expiredEvents, hourOf } from '../webhooks/expired-events';

const DAY_MS = 86_400_000;

export interface PollProgressParts {
  readonly states: Pick<WebhookStates, 'get'>;
  readonly lost: Pick<LostEvents, 'skip' | 'acknowledge'>;
  readonly now: () => Date;
  /** Called for SETs that expired before the receiver has acknowledged them. */
  readonly onSkipped: (ref: SubscriptionRef, skipped: SkippedEvents) => void;
}

/**
 * Keeps up to which day receivers have acknowledged their SETs, and notices if SETs expired before. Most
 * polls cost nothing more, because a process remembers the day.
 */
export class PollProgress {
  private readonly days = new Map<string, number>();

  constructor(private readonly parts: PollProgressParts) {}

  /** Notes that a receiver has polled. `oldest` is the time of its oldest SET that is not acknowledged. */
  async note(ref: SubscriptionRef, oldest: string | undefined): Promise<void> {
    const now = this.parts.now();
    // An event of the last day may not be stored for the poll yet.
    const acknowledged = Math.min(
      now.getTime() - DAY_MS,
      oldest === undefined ? Infinity : Date.parse(oldest),
    );
    const key = `${ref.scope} ${ref.subscriptionId}`;
    const known = this.days.get(key);
    if (known !== undefined && acknowledged - known < DAY_MS) return;
    const stored = await this.noteSkipped(ref, now);
    const isLater = acknowledged - stored >= DAY_MS;
    if (isLater) await this.parts.lost.acknowledge(ref, new Date(acknowledged).toISOString());
    if (this.days.size >= MAX_DAYS) this.days.clear();
    this.days.set(key, isLater ? acknowledged : stored);
  }

  /** Notes SETs that have expired. Returns the time up to which SETs were acknowledged, as it is stored. */
  private async noteSkipped(ref: SubscriptionRef, now: Date): Promise<number> {
    const { states, lost, onSkipped } = this.parts;
    const state = await states.get(ref);
    const acknowledgedUntil = state?.acknowledgedUntil ?? timeOfId(ref.subscriptionId).toISOString();
    const { deliveredAt, skipped } = state ?? {};
    const expired = expiredEvents({ acknowledgedUntil, deliveredAt }, now);
    const range = expired && { from: expired.from, until: hourOf(expired.until).until };
    if (range && !(skipped && contains(skipped, range)))
      onSkipped(ref, await lost.skip(ref, skipped, range, now));
    return Date.parse(acknowledgedUntil);
  }
}

/** The most subscriptions whose days a process remembers. */
const MAX_DAYS = 1_000;
