import { UserError } from '../../../host/user-error';
import type { Expression, Reader } from './expression';
import { compare, type Fields, numberOf, type Value } from './values';

/** Computes a value from the lines of a group. */
type Aggregate = (lines: readonly Fields[]) => Value;

export interface Column {
  readonly name: string;
  readonly value: Aggregate;
}

type Run = (values: readonly Value[], parameter: number) => Value;

const numbers = (values: readonly Value[]): number[] => values.flatMap((value) => numberOf(value) ?? []);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const ofNumbers =
  (run: (values: readonly number[], parameter: number) => Value): Run =>
  (values, parameter) => {
    const found = numbers(values);
    return found.length === 0 ? undefined : run(found, parameter);
  };

/** Sorts values, and returns texts of numbers as numbers. */
const ordered = (values: readonly Value[]): Value[] =>
  values
    .filter((value) => value !== undefined)
    .map((value) => numberOf(value) ?? value)
    .sort(compare);

/** The value below which `percent` of the values are, as the nearest rank. */
function percentile(values: readonly number[], percent: number): Value {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
}

const AGGREGATES: Readonly<Record<string, Run>> = {
  count: (values) => values.filter((value) => value !== undefined).length,
  count_distinct: (values) => new Set(values.filter((value) => value !== undefined)).size,
  sum: (values) => sum(numbers(values)),
  avg: ofNumbers((values) => sum(values) / values.length),
  min: (values) => ordered(values)[0],
  max: (values) =>
    [...values]
      .filter((value) => value !== undefined)
      .sort(compare)
      .at(-1),
  median: ofNumbers((values) => percentile(values, 50)),
  pct: ofNumbers(percentile),
  stddev: ofNumbers((values) => {
    const mean = sum(values) / values.length;
    return Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / values.length);
  }),
  earliest: (values) => values[0],
  latest: (values) => values.at(-1),
  sortsfirst: (values) => ordered(values)[0],
  sortslast: (values) =>
    [...values]
      .filter((value) => value !== undefined)
      .sort(compare)
      .at(-1),
};

/** Reads `count(*) as requests, avg(x) by a, bin(5m)`. The columns of the groups come first in results. */
export function readStats(reader: Reader): { columns: Column[]; groups: { name: string; of: Expression }[] } {
  const columns: Column[] = [];
  do columns.push(readColumn(reader));
  while (reader.take(','));
  const groups: { name: string; of: Expression }[] = [];
  if (reader.take('by')) {
    do {
      const start = reader.position;
      const of = reader.expression();
      const text = reader.textSince(start);
      groups.push({ name: reader.take('as') ? reader.next('name').text : text, of });
    } while (reader.take(','));
  }
  return { columns, groups };
}

function readColumn(reader: Reader): Column {
  const start = reader.position;
  const { text: name } = reader.next('name');
  const run = AGGREGATES[name.toLowerCase()];
  if (!run) throw new UserError(`The local Logs Insights does not know the statistic ${name}.`);
  reader.expect('(');
  const isAll = reader.take('*') !== undefined;
  const [of, parameter] = isAll ? [] : reader.list(')');
  if (isAll) reader.expect(')');
  const text = reader.textSince(start);
  return {
    name: reader.take('as') ? reader.next('name').text : text,
    value: (lines) =>
      run(
        lines.map((line) => (of ? of(line) : true)),
        numberOf(parameter?.(new Map())) ?? 0,
      ),
  };
}
