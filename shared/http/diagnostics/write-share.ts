const MINUTE_MS = 60_000;
/** The writes of diagnostics that one process makes for a domain in a minute of the clock. */
const WRITES_PER_MINUTE = 60;

/**
 * The share that each domain has of the writes of diagnostics. A domain whose requests are refused all the
 * time would otherwise make as many writes as requests. Without a share, its diagnostics are left out, and
 * only its own.
 */
export class WriteShare {
  private period = 0;
  private readonly writes = new Map<string, number>();

  /** Allows each owner this many writes in a period of the clock. */
  constructor(
    private readonly writesPerPeriod = WRITES_PER_MINUTE,
    private readonly periodMs = MINUTE_MS,
  ) {}

  /**
   * Takes one write of an owner, such as a domain. Returns false if its share is used up. `now` in
   * milliseconds.
   */
  take(owner: string, now: number): boolean {
    const period = Math.floor(now / this.periodMs);
    if (period !== this.period) {
      this.period = period;
      this.writes.clear();
    }
    const writes = this.writes.get(owner) ?? 0;
    if (writes >= this.writesPerPeriod) return false;
    this.writes.set(owner, writes + 1);
    return true;
  }
}
