import { UserError } from '../../../host/user-error';
import type { TimeSeries } from '../time-series';
import type { Operator } from './parse';

/** A value of metric math: a number, a text, a time series, or several. */
export type Value = number | string | TimeSeries | readonly TimeSeries[];

export const isSeries = (value: Value | undefined): value is TimeSeries =>
  typeof value === 'object' && !isList(value);

export const isList = (value: Value | undefined): value is readonly TimeSeries[] => Array.isArray(value);

/** Returns the series of a value. A number has none. */
export const seriesOf = (value: Value | undefined): readonly TimeSeries[] =>
  isList(value) ? value : isSeries(value) ? [value] : [];

/** Returns a text, or the default if the value is not a text. */
export const textOf = (value: Value | undefined, otherwise = ''): string =>
  typeof value === 'string' ? value : otherwise;

/** Applies a function to each point of a value. */
export function mapValue(value: Value, map: (value: number) => number): Value {
  if (typeof value === 'number') return map(value);
  if (isList(value)) return value.map((each) => mapSeries(each, map));
  if (isSeries(value)) return mapSeries(value, map);
  throw new UserError('Metric math cannot calculate with a text.');
}

export const mapSeries = (series: TimeSeries, map: (value: number, at: number) => number): TimeSeries => ({
  ...series,
  points: new Map([...series.points].map(([at, value]) => [at, map(value, at)])),
});

const OPERATIONS: Readonly<Record<Operator, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '^': (left, right) => left ** right,
  '<': (left, right) => Number(left < right),
  '>': (left, right) => Number(left > right),
  '<=': (left, right) => Number(left <= right),
  '>=': (left, right) => Number(left >= right),
  '==': (left, right) => Number(left === right),
  '!=': (left, right) => Number(left !== right),
  AND: (left, right) => Number(left !== 0 && right !== 0),
  OR: (left, right) => Number(left !== 0 || right !== 0),
};

/** Combines two values. Of two series, the result has the points that both have, as in CloudWatch. */
export function combine(operator: Operator, left: Value, right: Value): Value {
  const operation = OPERATIONS[operator];
  if (typeof left === 'string' || typeof right === 'string')
    throw new UserError('Metric math cannot calculate with a text.');
  if (typeof left === 'number') return mapValue(right, (value) => operation(left, value));
  if (typeof right === 'number') return mapValue(left, (value) => operation(value, right));
  if (isList(left)) return left.flatMap((each) => seriesOf(combine(operator, each, right)));
  if (isList(right)) return right.flatMap((each) => seriesOf(combine(operator, left, each)));
  if (!isSeries(left) || !isSeries(right)) throw new UserError('Metric math cannot combine these values.');
  const points = [...left.points].flatMap(([at, value]) => {
    const other = right.points.get(at);
    return other === undefined ? [] : [[at, operation(value, other)] as const];
  });
  // A division by zero has no data point.
  return { ...left, points: new Map(points.filter(([, value]) => Number.isFinite(value))) };
}
