import type { MetricId, MetricStore, Sample } from '../../cloud/metrics/metric-store';
import { statisticOf } from './statistics';

/** The values of a metric or an expression, one for each period that has data. */
export interface TimeSeries {
  readonly label: string;
  /** Seconds. */
  readonly period: number;
  /** The start of a period, in milliseconds since the epoch, → its value. */
  readonly points: ReadonlyMap<number, number>;
}

/** A span of time in milliseconds since the epoch. `end` is excluded. */
export interface TimeRange {
  readonly start: number;
  readonly end: number;
}

/** Returns the starts of all periods in a range. Periods are aligned to the epoch, as in CloudWatch. */
export function periodsIn({ start, end }: TimeRange, period: number): number[] {
  const ms = period * 1_000;
  const first = Math.floor(start / ms) * ms;
  return Array.from({ length: Math.max(0, Math.ceil((end - first) / ms)) }, (_, at) => first + at * ms);
}

/** Returns a statistic of a metric in each period of a range. */
export function readSeries(
  store: MetricStore,
  id: MetricId,
  { statistic, period, label = id.name }: { statistic: string; period: number; label?: string },
  range: TimeRange,
): TimeSeries {
  const ms = period * 1_000;
  const start = Math.floor(range.start / ms) * ms;
  const byPeriod = new Map<number, Sample[]>();
  for (const sample of store.samples(id, start, range.end)) {
    const at = Math.floor(sample.timestamp / ms) * ms;
    byPeriod.set(at, [...(byPeriod.get(at) ?? []), sample]);
  }
  const points = new Map([...byPeriod].map(([at, samples]) => [at, statisticOf(statistic, samples)]));
  return { label, period, points };
}
