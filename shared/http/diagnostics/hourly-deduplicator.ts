const HOUR_MS = 3_600_000;
/** Limits the memory, because clients choose the texts. */
const MAX_REMEMBERED = 1_000;

/** Recognizes texts that this process has already received in the current clock hour. */
export class HourlyDeduplicator {
  private hour = 0;
  private readonly texts = new Set<string>();

  /**
   * Returns false for a repeated text, and for every new text after too many in this hour. `now` in
   * milliseconds.
   */
  isFirst(text: string, now: number): boolean {
    const hour = Math.floor(now / HOUR_MS);
    if (hour !== this.hour) {
      this.hour = hour;
      this.texts.clear();
    }
    if (this.texts.has(text) || this.texts.size >= MAX_REMEMBERED) return false;
    this.texts.add(text);
    return true;
  }
}
