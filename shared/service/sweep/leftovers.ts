import type { SweepOutcome } from '../../store/sweep/sweep-context';

/**
 * The time after which no request is in progress that began before its domain was deleted. The authorizer's
 * response is cached for five minutes, and a function ends after at most 15 minutes, the longest timeout of
 * Lambda.
 */
export const LONGEST_REQUEST_MS = 20 * 60_000;

export interface LeftoverSweep {
  /** Returns the swept domains that were deleted before a time, and whose leftovers were not swept yet. */
  readonly withLeftovers: (before: Date) => Promise<readonly string[]>;
  readonly sweep: (domainId: string) => Promise<SweepOutcome>;
  readonly isTimeUp: () => boolean;
  readonly now: () => Date;
  /** Called with the outcome of each sweep. */
  readonly onOutcome: (domainId: string, outcome: SweepOutcome) => void;
  /** Called for each sweep that failed. The next run repeats it. */
  readonly onError: (domainId: string, error: unknown) => void;
}

/**
 * Sweeps what requests left over that were in progress when their domain was deleted. A domain that fails
 * does not hold up the others.
 */
export async function sweepAllLeftovers(options: LeftoverSweep): Promise<void> {
  const { withLeftovers, sweep, isTimeUp, now, onOutcome, onError } = options;
  for (const domainId of await withLeftovers(new Date(now().getTime() - LONGEST_REQUEST_MS))) {
    if (isTimeUp()) return;
    try {
      onOutcome(domainId, await sweep(domainId));
    } catch (error) {
      onError(domainId, error);
    }
  }
}
