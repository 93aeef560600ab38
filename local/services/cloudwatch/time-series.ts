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
  /** A time at which a period starts. @default the epoch */
  readonly alignedTo?: number;
  /** The end of the data that has arrived. @default `end` */
  readonly arrivedUntil?: number;
}

/** Returns the start of the period that contains a time. */
function periodStart(timestamp: number, period: number, { alignedTo = 0 }: TimeRange): number {
  const ms = period * 1_000;
  return alignedTo + Math.floor((timestamp - alignedTo) / ms) * ms;
}

/** Returns the starts of all periods in a range. */
export function periodsIn(range: TimeRange, period: number): number[] {
  const ms = period * 1_000;
  const first = periodStart(range.start, period, range);
  return Array.from({ length: Math.max(0, Math.ceil((range.end - first) / ms)) }, (_, at) => first + at * ms);
}

/** Returns a statistic of a metric in each period of a range. */
export function readSeries(
  store: MetricStore,
  id: MetricId,
  { statistic, period, label = id.name }: { statistic: string; period: number; label?: string },
  range: TimeRange,
): TimeSeries {
  const start = periodStart(range.start, period, range);
  const byPeriod = new Map<number, Sample[]>();
  for (const sample of store.samples(id, start, Math.min(range.end, range.arrivedUntil ?? Infinity))) {
    const at = periodStart(sample.timestamp, period, range);
    byPeriod.set(at, [...(byPeriod.get(at) ?? []), sample]);
  }
  const points = new Map([...byPeriod].map(([at, samples]) => [at, statisticOf(statistic, samples)]));
  return { label, period, points };
}
