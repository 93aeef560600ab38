const HOUR_MS = 3_600_000;
/** Texts that are remembered: clients choose them. */
const MAX_REMEMBERED = 1_000;

/** Tells which of many texts come up for the first time in an hour of the clock, within this process. */
export class HourlyDeduplicator {
  private hour = 0;
  private readonly seen = new Set<string>();

  /** False for all that is new, too, where too many came in this hour. `now` in milliseconds. */
  isFirst(text: string, now: number): boolean {
    const hour = Math.floor(now / HOUR_MS);
    if (hour !== this.hour) {
      this.hour = hour;
      this.seen.clear();
    }
    if (this.seen.has(text) || this.seen.size >= MAX_REMEMBERED) return false;
    this.seen.add(text);
    return true;
  }
}
