/**
 * The part of the quota of SES that the outbox leaves to emails that are sent at once, at least one a second.
 */
const RESERVE = 0.05;
/** The time for which no email starts after SES has refused one because of its rate, in milliseconds. */
const THROTTLED_PAUSE_MS = 1_000;
const MIN_WORKERS = 4;
const MAX_WORKERS = 50;

/**
 * Returns the emails a second that the outbox may send if SES accepts `quota` emails a second from the
 * account.
 */
export const outboxRate = (quota: number): number => Math.max(1, quota - Math.max(1, quota * RESERVE));

/**
 * Returns the number of emails that the outbox sends at the same time: enough to reach the rate if each email
 * takes a second.
 */
export const workersFor = (rate: number): number =>
  Math.min(MAX_WORKERS, Math.max(MIN_WORKERS, Math.ceil(rate)));

export interface SendRateParts {
  readonly now: () => Date;
  readonly sleep: (ms: number) => Promise<void>;
}

/** Spaces sends evenly, at most `perSecond` a second. */
export class SendRate {
  /** The time of the next send, in milliseconds since the epoch. */
  private nextAt = 0;

  constructor(
    private readonly perSecond: number,
    private readonly parts: SendRateParts,
  ) {}

  /** Waits until an email may be sent. */
  async wait(): Promise<void> {
    const now = this.parts.now().getTime();
    const at = Math.max(now, this.nextAt);
    this.nextAt = at + 1_000 / this.perSecond;
    if (at > now) await this.parts.sleep(at - now);
  }

  /** Slows down after SES has refused an email because of its rate. */
  throttle(): void {
    this.nextAt = Math.max(this.nextAt, this.parts.now().getTime() + THROTTLED_PAUSE_MS);
  }
}
