import type { OutboxMinute, OutboxMinutes } from '../../store/mail/outbox-minutes';

/** The most minutes that one step removes. It takes about a second. */
const STEP_SIZE = 1_000;
/** The number of minutes of a domain that are kept, so that the minutes of most domains are never merged. */
const KEPT_MINUTES = 10;

/**
 * Removes the minutes of domains that have no emails anymore, and merges those of domains whose emails wait
 * for long, because they are paused. It works while emails are being sent, one step at a time, so that no
 * email waits for it.
 */
export class MinuteCleanup {
  private empty: OutboxMinute[] = [];
  private crowded: OutboxMinute[][] = [];
  private step: Promise<void> | undefined;
  private failure: Error | undefined;

  constructor(private readonly minutes: Pick<OutboxMinutes, 'merge' | 'remove'>) {}

  /**
   * Removes minutes that are over, whose domain has no emails. If they are very many, a later run removes the
   * rest.
   */
  remove(minutes: readonly OutboxMinute[]): void {
    this.empty.push(...minutes.slice(0, STEP_SIZE));
    this.start();
  }

  /** Merges the minutes of domains that have many. `minutes` are over, the oldest first. */
  merge(minutes: readonly OutboxMinute[]): void {
    const byDomain = new Map<string, OutboxMinute[]>();
    for (const minute of minutes) {
      const others = byDomain.get(minute.domainId);
      if (others) others.push(minute);
      else byDomain.set(minute.domainId, [minute]);
    }
    // The next call sees what is left.
    this.crowded = [...byDomain.values()].filter(({ length }) => length > KEPT_MINUTES);
    this.start();
  }

  /** Finishes the work that is in progress. Throws if some of it failed. */
  async finish(): Promise<void> {
    await this.step;
    this.start();
    await this.step;
    if (this.failure) throw this.failure;
  }

  private start(): void {
    if (this.step || this.empty.length + this.crowded.length === 0) return;
    this.step = this.runStep()
      .catch((error: unknown) => {
        this.failure ??= error instanceof Error ? error : new Error(String(error));
      })
      .finally(() => (this.step = undefined));
  }

  private async runStep(): Promise<void> {
    const [empty, crowded] = [this.empty.splice(0, STEP_SIZE), this.crowded];
    this.crowded = [];
    if (empty.length > 0) await this.minutes.remove(empty);
    let left = STEP_SIZE - empty.length;
    for (const minutes of crowded) {
      if (left <= 0) return;
      const [first] = minutes;
      if (first) await this.minutes.merge(first.domainId, minutes.slice(0, left));
      left -= minutes.length;
    }
  }
}
