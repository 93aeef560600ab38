/** The sending rate of an account. As SES does, it lets bursts of one second pass. */
export class RateLimit {
  private left: number;
  private at = 0;

  constructor(readonly perSecond: number) {
    this.left = perSecond;
  }

  /** Counts a send at `now`, in milliseconds. Returns false if it exceeds the rate. */
  take(now: number): boolean {
    this.left = Math.min(this.perSecond, this.left + (Math.max(0, now - this.at) * this.perSecond) / 1_000);
    this.at = now;
    if (this.left < 1) return false;
    this.left -= 1;
    return true;
  }
}
