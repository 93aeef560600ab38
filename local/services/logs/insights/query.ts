import { compareValues, type Expression, readExpression, type Row } from './expression';
import { readStats } from './stats';
import { TokenReader } from '../../../host/token-reader';
import { QUERY } from './tokens';

const DEFAULT_LIMIT = 10_000;

/** A query of CloudWatch Logs Insights. */
export interface InsightsQuery {
  /** The fields of log events that the query uses. Fields that the query defines are not among them. */
  readonly fields: readonly string[];
  /**
   * Returns the rows that the query finds. The events must have `@timestamp` and `@message`, oldest first.
   */
  readonly run: (events: readonly Row[]) => Row[];
}

type Step = (rows: Row[]) => Row[];

/**
 * Parses a query. Of the language it supports the commands `fields`, `display`, `filter`, `stats`, `sort`,
 * and `limit`. Throws a `UserError` for others.
 */
export function parseInsights(query: string): InsightsQuery {
  const tokens = new TokenReader(query, QUERY);
  const used = new Set<string>();
  const defined = new Set<string>();
  const use = (fields: readonly string[]) =>
    fields.filter((name) => !defined.has(name)).forEach((name) => used.add(name));
  const steps: Step[] = [];
  const readers: Readonly<Record<string, () => Step>> = {
    fields: () => readColumns(tokens, use, defined),
    display: () => readColumns(tokens, use, defined),
    filter: () => {
      const { fields, evaluate } = readExpression(tokens);
      use(fields);
      return (rows) => rows.filter((row) => Boolean(evaluate(row)));
    },
    stats: () => {
      const { fields, columns, run } = readStats(tokens);
      use(fields);
      columns.forEach((name) => defined.add(name));
      return (rows) => run(rows);
    },
    sort: () => readSort(tokens, use),
    limit: () => {
      const count = Number(tokens.next());
      return (rows) => rows.slice(0, count);
    },
  };
  do {
    const read = readers[tokens.peek().toLowerCase()] ?? tokens.fail();
    tokens.next();
    steps.push(read());
  } while (tokens.take('|'));
  if (!tokens.isAtEnd) tokens.fail();
  return {
    fields: [...used],
    run: (events) => steps.reduce<Row[]>((rows, step) => step(rows), [...events]).slice(0, DEFAULT_LIMIT),
  };
}

/** `fields` shows columns, and may define some. Later commands may use all fields of the events. */
function readColumns(
  tokens: TokenReader,
  use: (fields: readonly string[]) => void,
  defined: Set<string>,
): Step {
  const columns: { readonly name: string; readonly of: Expression }[] = [];
  do {
    const of = readExpression(tokens);
    use(of.fields);
    const name = tokens.take('as') ? tokens.next() : of.text;
    if (name !== of.text) defined.add(name);
    columns.push({ name, of });
  } while (tokens.take(','));
  return (rows) =>
    rows.map((row) => ({
      ...row,
      ...Object.fromEntries(columns.map(({ name, of }) => [name, of.evaluate(row)])),
    }));
}

function readSort(tokens: TokenReader, use: (fields: readonly string[]) => void): Step {
  const keys: { readonly of: Expression; readonly sign: number }[] = [];
  do {
    const of = readExpression(tokens);
    use(of.fields);
    const sign = tokens.take('desc') ? -1 : 1;
    if (sign === 1) tokens.take('asc');
    keys.push({ of, sign });
  } while (tokens.take(','));
  return (rows) =>
    [...rows].sort((a, b) => {
      for (const { of, sign } of keys) {
        const order = compareValues(of.evaluate(a), of.evaluate(b)) * sign;
        if (order !== 0) return order;
      }
      return 0;
    });
}
