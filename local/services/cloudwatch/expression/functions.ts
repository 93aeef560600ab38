import { UserError } from '../../../host/user-error';
import { periodsIn, type TimeRange, type TimeSeries } from '../time-series';
import { AGGREGATES, aggregate, aggregatePoints } from './aggregates';
import { isList, isSeries, mapSeries, mapValue, seriesOf, textOf, type Value } from './values';

export type MathFunction = (parameters: readonly Value[], range: TimeRange) => Value;

const eachSeries =
  (map: (series: TimeSeries, range: TimeRange) => TimeSeries): MathFunction =>
  ([value], range) =>
    isList(value) ? value.map((each) => map(each, range)) : map(seriesAt(value), range);

const eachValue =
  (map: (value: number) => number): MathFunction =>
  ([value = NaN]) =>
    mapValue(value, map);

/** The parts of a time that `HOUR` and the like return, in UTC. */
const timePart = (part: (date: Date) => number): MathFunction =>
  eachSeries((series) => mapSeries(series, (_, at) => part(new Date(at))));

const AGGREGATE_FUNCTIONS: Readonly<Record<string, MathFunction>> = Object.fromEntries(
  Object.entries(AGGREGATES).map(([name, run]) => [
    name,
    ([value]: readonly Value[]) =>
      isList(value) ? aggregate(value, name, run) : aggregatePoints(seriesAt(value), run),
  ]),
);

/** The functions of metric math that do not read metrics. */
export const FUNCTIONS: Readonly<Record<string, MathFunction>> = {
  ...AGGREGATE_FUNCTIONS,
  ABS: eachValue(Math.abs),
  CEIL: eachValue(Math.ceil),
  FLOOR: eachValue(Math.floor),
  LOG: eachValue(Math.log),
  LOG10: eachValue(Math.log10),
  DIFF: eachSeries((series) => pairs(series, (value, before) => value - before)),
  RATE: eachSeries((series) => pairs(series, (value, before, seconds) => (value - before) / seconds)),
  RUNNING_SUM: eachSeries((series) => {
    let total = 0;
    return mapSeries(series, (value) => (total += value));
  }),
  FILL: ([value, filler], range) =>
    isList(value) ? value.map((each) => fill(each, filler, range)) : fill(seriesAt(value), filler, range),
  FIRST: ([value]) => seriesOf(value)[0] ?? [],
  LAST: ([value]) => seriesOf(value).at(-1) ?? [],
  IF: ([condition = 0, yes = 0, no], range) => choose(condition, yes, no, range),
  METRIC_COUNT: ([value]) => seriesOf(value).length,
  PERIOD: ([value]) => seriesAt(value).period,
  REMOVE_EMPTY: ([value]) => seriesOf(value).filter(({ points }) => points.size > 0),
  SLICE: ([value, start = 0, end]) =>
    seriesOf(value).slice(Number(start), end === undefined ? undefined : Number(end)),
  SORT: ([value, by, order, limit]) => sort(seriesOf(value), textOf(by, 'SUM'), order, limit),
  TIME_SERIES: ([value = 0], range) => ({
    label: 'TIME_SERIES',
    period: 60,
    points: new Map(periodsIn(range, 60).map((at) => [at, Number(value)])),
  }),
  MINUTE: timePart((date) => date.getUTCMinutes()),
  HOUR: timePart((date) => date.getUTCHours()),
  DAY: timePart((date) => date.getUTCDay() || 7),
  EPOCH: timePart((date) => date.getTime() / 1_000),
};

/** The constants that functions accept as parameters. */
export const CONSTANTS = new Set(['REPEAT', 'LINEAR', 'ASC', 'DESC', 'SUM', 'AVG', 'MIN', 'MAX', 'STDDEV']);

function seriesAt(value: Value | undefined): TimeSeries {
  if (isSeries(value)) return value;
  throw new UserError('Metric math expects a time series.');
}

function pairs(
  series: TimeSeries,
  map: (value: number, before: number, seconds: number) => number,
): TimeSeries {
  const sorted = [...series.points].sort(([a], [b]) => a - b);
  const points = sorted.slice(1).map(([at, value], index) => {
    const [beforeAt = 0, before = 0] = sorted[index] ?? [];
    return [at, map(value, before, (at - beforeAt) / 1_000)] as const;
  });
  return { ...series, points: new Map(points) };
}

function fill(series: TimeSeries, filler: Value | undefined, range: TimeRange): TimeSeries {
  let last: number | undefined;
  const points = periodsIn(range, series.period).flatMap((at) => {
    const given = series.points.get(at);
    const value =
      given ?? (filler === 'REPEAT' ? last : isSeries(filler) ? filler.points.get(at) : Number(filler));
    if (value === undefined) return [];
    last = value;
    return [[at, value] as const];
  });
  return { ...series, points: new Map(points) };
}

/** Returns `yes` where the condition holds, and `no` elsewhere. Without `no`, there is no data elsewhere. */
function choose(condition: Value, yes: Value, no: Value | undefined, range: TimeRange): Value {
  if (typeof condition === 'number') return condition !== 0 ? yes : (no ?? []);
  if (isList(condition)) return condition.flatMap((each) => seriesOf(choose(each, yes, no, range)));
  const given = seriesAt(condition);
  const points = [...given.points].flatMap(([at, value]) => {
    const chosen = value !== 0 ? yes : no;
    const result = typeof chosen === 'number' ? chosen : seriesOf(chosen)[0]?.points.get(at);
    return result === undefined ? [] : [[at, result] as const];
  });
  return { ...given, points: new Map(points) };
}

function sort(
  series: readonly TimeSeries[],
  by: string,
  order: Value | undefined,
  limit: Value | undefined,
): Value {
  const run = AGGREGATES[by];
  if (!run) throw new UserError(`Metric math cannot sort by ${by}.`);
  const weights = new Map(series.map((each) => [each, aggregatePoints(each, run)]));
  const sorted = [...series].sort((a, b) => (weights.get(a) ?? 0) - (weights.get(b) ?? 0));
  if (order === 'DESC') sorted.reverse();
  return sorted.slice(0, limit === undefined ? undefined : Number(limit));
}
