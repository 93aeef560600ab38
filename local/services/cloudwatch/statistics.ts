import { UserError } from '../../host/user-error';
import type { Sample } from '../../cloud/metrics/metric-store';

/**
 * Returns a statistic of the values of a period, which has at least one sample. Throws a `UserError` for
 * others.
 */
export function statisticOf(name: string, samples: readonly Sample[]): number {
  const pairs = samples.flatMap(({ values }) => [...values]);
  const count = pairs.reduce((total, [, times]) => total + times, 0);
  const sum = pairs.reduce((total, [value, times]) => total + value * times, 0);
  switch (name) {
    case 'Sum':
      return sum;
    case 'SampleCount':
      return count;
    case 'Average':
      return sum / count;
    case 'Minimum':
      return Math.min(...pairs.map(([value]) => value));
    case 'Maximum':
      return Math.max(...pairs.map(([value]) => value));
  }
  const [, percent] = /^p(\d{1,2}(?:\.\d+)?|100)$/.exec(name) ?? [];
  if (percent !== undefined) return percentile(pairs, (count * Number(percent)) / 100);
  throw new UserError(`The local CloudWatch does not know the statistic ${name}.`);
}

/** Returns the smallest value that at least `rank` values do not exceed. */
function percentile(pairs: readonly (readonly [number, number])[], rank: number): number {
  const sorted = [...pairs].sort(([a], [b]) => a - b);
  let seen = 0;
  for (const [value, times] of sorted) {
    seen += times;
    if (seen >= rank) return value;
  }
  return sorted.at(-1)?.[0] ?? NaN;
}
