import { compareValues, type Expression, numberOf, readExpression, type Row } from './expression';
import type { TokenReader } from '../../../host/token-reader';

interface Aggregate {
  readonly name: string;
  readonly fields: readonly string[];
  readonly run: (rows: readonly Row[]) => unknown;
}

interface Group {
  readonly name: string;
  readonly fields: readonly string[];
  readonly evaluate: (row: Row) => unknown;
}

/** The command `stats`. */
export interface Stats {
  readonly fields: readonly string[];
  /** The names of the columns of the result. */
  readonly columns: readonly string[];
  readonly run: (rows: readonly Row[]) => Row[];
}

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

type Values = readonly unknown[];

const numbers = (values: Values): number[] => values.map(numberOf).filter((value) => !Number.isNaN(value));
const sum = (values: Values): number => numbers(values).reduce((total, value) => total + value, 0);
const sorted = (values: Values): unknown[] => [...values].sort(compareValues);

const AGGREGATES: Readonly<Record<string, (values: Values, parameter: number) => unknown>> = {
  count: (values) => values.length,
  count_distinct: (values) => new Set(values).size,
  sum,
  avg: (values) => sum(values) / numbers(values).length,
  min: (values) => sorted(values)[0],
  max: (values) => sorted(values).at(-1),
  earliest: (values) => values[0],
  latest: (values) => values.at(-1),
  pct: (values, percent) => {
    const all = numbers(values).sort((a, b) => a - b);
    return all[Math.max(0, Math.ceil((all.length * percent) / 100) - 1)];
  },
};

/** Reads what follows `stats`. */
export function readStats(tokens: TokenReader): Stats {
  const aggregates = [readAggregate(tokens)];
  while (tokens.take(',')) aggregates.push(readAggregate(tokens));
  const groups: Group[] = [];
  if (tokens.take('by')) {
    do groups.push(readGroup(tokens));
    while (tokens.take(','));
  }
  return {
    fields: [...aggregates, ...groups].flatMap(({ fields }) => fields),
    columns: [...groups, ...aggregates].map(({ name }) => name),
    run: (rows) => {
      const byKey = new Map<string, Row[]>();
      for (const row of rows) {
        const key = JSON.stringify(groups.map(({ evaluate }) => evaluate(row) ?? null));
        byKey.set(key, [...(byKey.get(key) ?? []), row]);
      }
      return [...byKey.values()].map((members) => {
        const [first = {}] = members;
        return Object.fromEntries([
          ...groups.map(({ name, evaluate }) => [name, evaluate(first)] as const),
          ...aggregates.map(({ name, run }) => [name, run(members)] as const),
        ]);
      });
    },
  };
}

function readAggregate(tokens: TokenReader): Aggregate {
  const name = tokens.next().toLowerCase();
  const run = AGGREGATES[name] ?? tokens.fail();
  tokens.expect('(');
  let of: Expression | undefined;
  if (tokens.take('*') || tokens.peek() === ')') of = undefined;
  else of = readExpression(tokens);
  const parameter = tokens.take(',') ? Number(tokens.next()) : NaN;
  tokens.expect(')');
  const alias = tokens.take('as') ? tokens.next() : `${name}(${of?.text ?? '*'})`;
  return {
    name: alias,
    fields: of?.fields ?? [],
    run: (rows) => {
      const values = of ? rows.map(of.evaluate).filter((value) => value !== undefined) : rows;
      return run(values, parameter);
    },
  };
}

function readGroup(tokens: TokenReader): Group {
  if (tokens.peek().toLowerCase() === 'bin' && tokens.peek(1) === '(') {
    tokens.next();
    tokens.next();
    const [, count = '', unit = ''] = /^(\d+)([smhd])$/.exec(tokens.next()) ?? [];
    const ms = Number(count) * (UNITS[unit] ?? tokens.fail());
    tokens.expect(')');
    const name = tokens.take('as') ? tokens.next() : `bin(${count}${unit})`;
    const evaluate = (row: Row) => Math.floor(numberOf(row['@timestamp']) / ms) * ms;
    return { name, fields: ['@timestamp'], evaluate };
  }
  const { fields, text, evaluate } = readExpression(tokens);
  return { name: tokens.take('as') ? tokens.next() : text, fields, evaluate };
}
