import type { DeferredEvent } from '../../store/webhooks/undelivered';

/**
 * The deferred events of a webhook, in the memory of a run. The events of one subject are tried in the order
 * of the feed: only the first one of each subject may be tried.
 */
export class UndeliveredQueue {
  private readonly subjects = new Map<string, DeferredEvent[]>();
  private readonly positions = new Set<number>();
  private readonly tried = new Set<number>();
  /** The endpoint has recovered, so that events need not wait for their next attempt. */
  private hasRecovered = false;
  /** The table may have more deferred events. Those of the feed come after them. */
  hasMore = false;
  /** The size after the last read of the table. */
  private loaded = 0;

  get size(): number {
    return this.positions.size;
  }

  /** Returns whether there is room for more of the deferred events in the table. */
  get mustLoadMore(): boolean {
    return this.hasMore && this.size < this.loaded;
  }

  /** Adds the first deferred events of the table, which are at most `limit`. */
  load(events: readonly DeferredEvent[], limit: number): void {
    for (const event of events) this.set(event);
    this.hasMore = events.length === limit;
    this.loaded = this.size;
  }

  has(position: number): boolean {
    return this.positions.has(position);
  }

  /** Returns whether earlier events of the subject wait. */
  blocks(subject: string): boolean {
    return this.subjects.has(subject);
  }

  /** Adds or replaces an event. */
  set(event: DeferredEvent): void {
    const others = (this.subjects.get(event.subject) ?? []).filter(
      ({ position }) => position !== event.position,
    );
    this.subjects.set(
      event.subject,
      [...others, event].sort((a, b) => a.position - b.position),
    );
    this.positions.add(event.position);
  }

  remove({ subject, position }: Pick<DeferredEvent, 'subject' | 'position'>): void {
    const left = (this.subjects.get(subject) ?? []).filter((event) => event.position !== position);
    if (left.length > 0) this.subjects.set(subject, left);
    else this.subjects.delete(subject);
    this.positions.delete(position);
  }

  markTried(position: number): void {
    this.tried.add(position);
  }

  /** Makes all events due that this run has not tried. */
  recover(): void {
    this.hasRecovered = true;
  }

  /** Returns the first event that is due at a time. */
  due(now: Date): DeferredEvent | undefined {
    return this.firstOf((event) => this.isDue(event, now));
  }

  /** Returns the event that was tried least, to find out whether the endpoint works. */
  probe(): DeferredEvent | undefined {
    const untried = [...this.heads()].filter(({ position }) => !this.tried.has(position));
    return untried.sort((a, b) => a.attempts - b.attempts || a.position - b.position)[0];
  }

  /** Returns all events that may not be tried after a time. */
  expired(now: Date): DeferredEvent[] {
    return [...this.subjects.values()]
      .flat()
      .filter(({ retryUntil }) => retryUntil !== undefined && retryUntil <= now.toISOString());
  }

  /** Returns the time of the next attempt; undefined if nothing is left. */
  nextAttemptAt(now: Date): string | undefined {
    const times = [...this.heads()].map(({ nextAttemptAt }) => nextAttemptAt ?? now.toISOString());
    return times.sort()[0];
  }

  /** Returns the time of the oldest event; undefined if nothing is left. */
  oldestEventAt(): string | undefined {
    return [...this.heads()].map(({ time }) => time).sort()[0];
  }

  private isDue({ position, nextAttemptAt }: DeferredEvent, now: Date): boolean {
    if (nextAttemptAt === undefined || nextAttemptAt <= now.toISOString()) return true;
    return this.hasRecovered && !this.tried.has(position);
  }

  private firstOf(accepts: (event: DeferredEvent) => boolean): DeferredEvent | undefined {
    return [...this.heads()].filter(accepts).sort((a, b) => a.position - b.position)[0];
  }

  private *heads(): Generator<DeferredEvent> {
    for (const [first] of this.subjects.values()) if (first) yield first;
  }
}
