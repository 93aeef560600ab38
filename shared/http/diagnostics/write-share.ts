const MINUTE_MS = 60_000;
/** The writes of diagnostics that one process makes for a domain in a minute of the clock. */
const WRITES_PER_MINUTE = 60;

/**
 * The share that each domain has of the writes of diagnostics. A domain whose requests are refused all the time would
 * otherwise make as many writes as requests. Without a share, its diagnostics are left out, and only its own.
 */
export class WriteShare {
  private minute = 0;
  private readonly writes = new Map<string, number>();

  /** Takes one write of the domain. Returns false if its share is used up. `now` in milliseconds. */
  take(domainId: string, now: number): boolean {
    const minute = Math.floor(now / MINUTE_MS);
    if (minute !== this.minute) {
      this.minute = minute;
      this.writes.clear();
    }
    const writes = this.writes.get(domainId) ?? 0;
    if (writes >= WRITES_PER_MINUTE) return false;
    this.writes.set(domainId, writes + 1);
    return true;
  }
}
