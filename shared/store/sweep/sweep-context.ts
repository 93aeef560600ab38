/**
 * `swept`: nothing is left of what was deleted. `unfinished`: the time is up, and the next sweep goes on from here. `exists`: it
 * was not deleted, and was left alone.
 */
export type SweepOutcome = 'swept' | 'unfinished' | 'exists';

export interface SweepContext {
  readonly now: () => Date;
  readonly sleep: (ms: number) => Promise<void>;
  /** Asked before each step. */
  readonly isTimeUp: () => boolean;
  /** Told of what a step took away. */
  readonly onSwept: (items: number) => void;
}

/** Lets a step begin every `ms` milliseconds at most, so that a sweep leaves the table to others. */
export class Pacer {
  private next = 0;

  constructor(
    private readonly context: SweepContext,
    private readonly ms: number,
  ) {}

  /** Waits for the next step; false where the time for all steps is up. */
  async step(): Promise<boolean> {
    const { now, sleep, isTimeUp } = this.context;
    await sleep(Math.max(0, this.next - now().getTime()));
    if (isTimeUp()) return false;
    this.next = now().getTime() + this.ms;
    return true;
  }
}
