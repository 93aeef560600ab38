import type { TimeSeries } from '../time-series';

/** A function that turns several numbers into one. */
export type Aggregate = (values: readonly number[]) => number;

const sum: Aggregate = (values) => values.reduce((total, value) => total + value, 0);
const average: Aggregate = (values) => sum(values) / values.length;

export const AGGREGATES: Readonly<Record<string, Aggregate>> = {
  SUM: sum,
  AVG: average,
  MIN: (values) => Math.min(...values),
  MAX: (values) => Math.max(...values),
  STDDEV: (values) => {
    const mean = average(values);
    return Math.sqrt(average(values.map((value) => (value - mean) ** 2)));
  },
  DATAPOINT_COUNT: (values) => values.length,
};

/** Aggregates several series to one, which has a point wherever one of them has a point. */
export function aggregate(series: readonly TimeSeries[], label: string, run: Aggregate): TimeSeries {
  const values = new Map<number, number[]>();
  for (const { points } of series)
    for (const [at, value] of points) values.set(at, [...(values.get(at) ?? []), value]);
  const points = new Map([...values].sort(([a], [b]) => a - b).map(([at, all]) => [at, run(all)]));
  return { label, period: series[0]?.period ?? 60, points };
}

/** Aggregates the points of one series to a number. Without points, the result is 0, as that of `SUM`. */
export const aggregatePoints = ({ points }: TimeSeries, run: Aggregate): number =>
  points.size === 0 ? 0 : run([...points.values()]);
