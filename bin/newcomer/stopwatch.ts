/** A step of the path. */
export interface Step {
  readonly name: string;
  readonly seconds: number;
  /** Seconds from the beginning of the first step, without the time that pictures take. */
  readonly since: number;
}

/** Measures the steps, and adds them up. */
export class Stopwatch {
  readonly steps: Step[] = [];

  constructor(private readonly onStep: (step: Step) => void) {}

  /** Seconds since the beginning. */
  get since(): number {
    return this.steps.at(-1)?.since ?? 0;
  }

  async measure<T>(name: string, action: () => T | Promise<T>): Promise<T> {
    const startedAt = Date.now();
    const result = await action();
    const seconds = (Date.now() - startedAt) / 1_000;
    const step = { name, seconds, since: this.since + seconds };
    this.steps.push(step);
    this.onStep(step);
    return result;
  }
}
