/**
 * `unfinished`: the time is up, and the next sweep continues. `exists`: nothing was deleted, because the
 * object exists.
 */
export type SweepOutcome = 'swept' | 'unfinished' | 'exists';

/** The environment of a sweep, which runs for minutes and so needs a clock instead of a time. */
export interface SweepContext {
  readonly now: () => Date;
  readonly sleep: (ms: number) => Promise<void>;
  /** Called before each step. */
  readonly isTimeUp: () => boolean;
  /** Called after each step with the number of deleted items. */
  readonly onSwept: (items: number) => void;
}

/** Starts at most one step every `ms` milliseconds, so that a sweep leaves capacity to others. */
export class Pacer {
  private next = 0;

  constructor(
    private readonly context: SweepContext,
    private readonly ms: number,
  ) {}

  /** Waits for the next step. Returns false if the time for all steps is up. */
  async step(): Promise<boolean> {
    const { now, sleep, isTimeUp } = this.context;
    await sleep(Math.max(0, this.next - now().getTime()));
    if (isTimeUp()) return false;
    this.next = now().getTime() + this.ms;
    return true;
  }
}
