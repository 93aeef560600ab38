import type { RunResult, Simulation } from './simulation';

/** The most runs that a failure is shrunk by. */
const MAX_RUNS = 600;

/** The name of the rule that a run has broken. */
export const ruleOf = ({ failure }: RunResult): string | undefined => failure?.message.split(':')[0];

/**
 * Shrinks a run that breaks a rule to one that makes fewer and smaller choices, and so has fewer requests,
 * faults, and switches between processes. Returns the smallest run that breaks the same rule, with its trace.
 */
export async function shrink(
  simulation: Simulation,
  failed: RunResult,
  maxRuns = MAX_RUNS,
): Promise<RunResult> {
  const { seed } = failed;
  const rule = ruleOf(failed);
  let best = withoutZeros(failed.choices);
  let left = maxRuns;

  const accepts = async (choices: readonly number[]): Promise<boolean> => {
    if (left <= 0) return false;
    left--;
    const result = await simulation.run({ seed, choices });
    if (ruleOf(result) !== rule) return false;
    const made = withoutZeros(result.choices);
    if (!isSmaller(made, best)) return false;
    best = made;
    return true;
  };

  for (let size = Math.ceil(best.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < best.length && left > 0;) {
      const [before, after] = [best.slice(0, at), best.slice(at + size)];
      const zeros = best.slice(at, at + size).map(() => 0);
      const changed =
        (await accepts([...before, ...after])) || (await accepts([...before, ...zeros, ...after]));
      if (!changed) at += size;
    }
  }
  for (let at = 0; at < best.length && left > 0; at++) {
    while (
      (best[at] ?? 0) > 0 &&
      (await accepts(best.map((choice, index) => (index === at ? choice - 1 : choice))))
    );
  }
  return simulation.run({ seed, choices: best, isTraced: true });
}

/** A list of choices ends in zeros anyway. */
function withoutZeros(choices: readonly number[]): readonly number[] {
  let end = choices.length;
  while (end > 0 && choices[end - 1] === 0) end--;
  return choices.slice(0, end);
}

/** Fewer choices are smaller, and so are fewer and smaller ones that are not zero. */
function isSmaller(left: readonly number[], right: readonly number[]): boolean {
  if (left.length !== right.length) return left.length < right.length;
  const weight = (choices: readonly number[]) => choices.reduce((sum, choice) => sum + choice, 0);
  return weight(left) < weight(right);
}
