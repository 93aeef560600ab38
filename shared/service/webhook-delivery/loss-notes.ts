import type { DeadLetter } from '../../store/webhooks/undelivered';
import type { TimeRange, WebhookState } from '../../store/webhooks/webhook-progress';
import { contains, expiredEvents, expiryTime, hourOf } from '../webhooks/expired-events';
import type { WebhookRunParts } from './run-parts';

type LossParts = Pick<
  WebhookRunParts,
  'target' | 'lost' | 'undelivered' | 'now' | 'onDeadLetter' | 'onSkipped'
>;

/** Notes which events a run cannot deliver, so that the vendor can make up for them. */
export class LossNotes {
  /** The times that contain events which this run has given up. */
  private givenUp: TimeRange | undefined;

  constructor(private readonly parts: LossParts) {}

  /** Notes that events expired since a run has ended. Returns the changes of the state. */
  async atStart(state: WebhookState): Promise<Partial<WebhookState>> {
    const { target, lost, now } = this.parts;
    const expired = expiredEvents(state, now());
    if (!expired) return {};
    const changes = await this.skip(state, expired);
    const end = expiryTime(now());
    const { givenUp } = state;
    if (givenUp && givenUp.from < end)
      await lost.forgetGivenUp(target.ref, givenUp, givenUp.until > end ? end : undefined);
    return changes;
  }

  /**
   * Notes that events of a time expired. They are rounded to hours, so that a long loss is not noted again
   * and again.
   */
  async skip({ skipped }: WebhookState, { from, until }: TimeRange): Promise<Partial<WebhookState>> {
    const { target, lost, now, onSkipped } = this.parts;
    const rounded = { from, until: hourOf(until).until };
    if (skipped && contains(skipped, rounded)) return {};
    const stored = await lost.skip(target.ref, skipped, rounded, now());
    onSkipped(target.ref, stored);
    return { skipped: stored };
  }

  /** Makes an event a dead letter, which expires with the event. */
  async giveUp(event: Omit<DeadLetter, 'failedAt' | 'error'>, error: string | undefined): Promise<void> {
    const { target, undelivered, now, onDeadLetter } = this.parts;
    await this.noteGivenUp(event.time);
    await undelivered.giveUp(target.ref, {
      ...event,
      ...(error !== undefined && { error }),
      failedAt: now().toISOString(),
    });
    onDeadLetter(target.ref, event.eventId, event.type);
  }

  private async noteGivenUp(time: string): Promise<void> {
    const hour = hourOf(time);
    const before = this.givenUp ?? hour;
    if (this.givenUp && contains(before, hour)) return;
    await this.parts.lost.giveUp(this.parts.target.ref, hour);
    this.givenUp = {
      from: before.from < hour.from ? before.from : hour.from,
      until: before.until > hour.until ? before.until : hour.until,
    };
  }
}
