import type { WebhookLease } from '../../store/webhooks/webhook-state';
import type { WebhookState } from '../../store/webhooks/webhook-progress';
import type { WebhookRunParts } from './run-parts';

/**
 * The time between two saves. A crash repeats the deliveries of this time, and a run that has lost its lease
 * begins no attempt after it.
 */
const SAVE_INTERVAL_MS = 1_000;

/** The lease of a run, which the run renews whenever it saves its state. */
export class RunLease {
  private savedAt: number;
  private isLost = false;

  constructor(
    private readonly lease: WebhookLease,
    private readonly parts: Pick<WebhookRunParts, 'states' | 'now'>,
  ) {
    this.savedAt = parts.now().getTime();
  }

  /** Saves the state from time to time. Returns false as soon as the run is known to have lost its lease. */
  async save(state: WebhookState): Promise<boolean> {
    const now = this.parts.now();
    if (this.isLost || now.getTime() - this.savedAt < SAVE_INTERVAL_MS) return !this.isLost;
    this.savedAt = now.getTime();
    this.isLost = !(await this.parts.states.save({ ...this.lease, state }, now));
    return !this.isLost;
  }
}
