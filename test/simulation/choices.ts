import { seededRandom } from '../support/random';

/**
 * The choices of one run: a seed decides them, or a list of earlier choices, which ends in zeros. A run makes
 * as few choices as possible, and zero is the simplest one, so that a list of zeros is a run without
 * concurrency and faults.
 */
export class Choices {
  readonly made: number[] = [];
  private readonly random: (below: number) => number;

  constructor(
    readonly seed: number,
    private readonly replayed?: readonly number[],
  ) {
    this.random = seededRandom(Math.imul(seed, 2_654_435_761) >>> 0);
  }

  /** Chooses a whole number from 0 to `below - 1`. */
  below(below: number): number {
    const chosen = this.replayed
      ? Math.min(this.replayed[this.made.length] ?? 0, below - 1)
      : this.random(below);
    this.made.push(chosen);
    return chosen;
  }

  /** Returns true in `percent` of all cases. */
  chance(percent: number): boolean {
    return this.below(100) >= 100 - percent;
  }

  /** Chooses one of the values. The first one is the simplest. */
  of<T>(values: readonly [T, ...T[]]): T {
    return values[this.below(values.length)] as T;
  }
}
