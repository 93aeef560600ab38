/** The emails of a domain in a batch that are sent at once. The others wait for their turn in the outbox. */
export const DIRECT_SENDS = 5;
/** The time for which all emails of a domain wait for their turn after it had too many, in milliseconds. */
export const BUSY_MS = 10_000;
/** The emails of a domain that are sent at once over several batches, and how many more in each second. */
const MAX_BURST = 30;
const REFILL_PER_SECOND = 5;
const MAX_DOMAINS = 10_000;

interface Allowance {
  readonly left: number;
  readonly at: number;
  readonly busyUntil: number;
}

/**
 * Decides which emails are sent at once: the first few of each domain in a batch. If a domain changes many
 * licenses, its emails wait for their turn in the outbox, so that they neither hold up the batches of other
 * domains nor use up the rate of SES.
 */
export class DirectSends {
  private readonly allowances = new Map<string, Allowance>();

  /** Returns a function that says whether an email of the batch is sent at once, and counts it. */
  startBatch(): (domainId: string, now: Date) => boolean {
    const sent = new Map<string, number>();
    return (domainId, now) => {
      const count = sent.get(domainId) ?? 0;
      if (!this.take(domainId, count < DIRECT_SENDS, now.getTime())) return false;
      sent.set(domainId, count + 1);
      return true;
    };
  }

  private take(domainId: string, fitsBatch: boolean, at: number): boolean {
    const before = this.allowances.get(domainId) ?? { left: MAX_BURST, at, busyUntil: 0 };
    const refill = (Math.max(0, at - before.at) * REFILL_PER_SECOND) / 1_000;
    const left = Math.min(MAX_BURST, before.left + refill);
    const isBusy = at < before.busyUntil;
    const isSent = !isBusy && fitsBatch && left >= 1;
    if (this.allowances.size >= MAX_DOMAINS) this.allowances.clear();
    this.allowances.set(domainId, {
      left: isSent ? left - 1 : left,
      at,
      busyUntil: isSent || isBusy ? before.busyUntil : at + BUSY_MS,
    });
    return isSent;
  }
}
