import * as z from 'zod';
import type { MetricId, MetricStore } from '../../cloud/metrics/metric-store';
import { UserError } from '../../host/user-error';
import { CONSTANTS, FUNCTIONS } from './expression/functions';
import { type Expression, parseExpression } from './expression/parse';
import { parseSearch } from './expression/search';
import { combine, isSeries, seriesOf, textOf, type Value } from './expression/values';
import { periodsIn, readSeries, type TimeRange, type TimeSeries } from './time-series';

const Dimension = z.object({ Name: z.string(), Value: z.string() });

/** A query of `GetMetricData`, which templates of alarms contain as well. */
export const MetricDataQuery = z.object({
  Id: z.string().regex(/^[a-z]\w*$/),
  Label: z.string().optional(),
  Expression: z.string().optional(),
  /** Seconds. */
  Period: z.number().optional(),
  ReturnData: z.boolean().default(true),
  MetricStat: z
    .object({
      Metric: z.object({
        Namespace: z.string(),
        MetricName: z.string(),
        Dimensions: z.array(Dimension).default([]),
      }),
      Period: z.number(),
      Stat: z.string(),
      Unit: z.string().optional(),
    })
    .optional(),
});
export type MetricDataQuery = z.infer<typeof MetricDataQuery>;

export type MetricDataQueryInput = z.input<typeof MetricDataQuery>;

/** The result of a query: one series, or those of a search or a list. */
export interface QueryResult {
  readonly id: string;
  readonly series: readonly TimeSeries[];
}

/**
 * Evaluates queries as `GetMetricData` does. Returns the results of those with `ReturnData`, in their order.
 */
export function queryMetrics(
  store: MetricStore,
  queries: readonly MetricDataQueryInput[],
  range: TimeRange,
): QueryResult[] {
  return evaluateQueries(store, z.array(MetricDataQuery).parse(queries), range);
}

/** Evaluates queries that have been parsed. */
export function evaluateQueries(
  store: MetricStore,
  queries: readonly MetricDataQuery[],
  range: TimeRange,
): QueryResult[] {
  const evaluation = new Evaluation(store, queries, range);
  return queries
    .filter(({ ReturnData }) => ReturnData)
    .map(({ Id: id }) => ({ id, series: evaluation.seriesOf(id) }));
}

/** The parsed expressions of queries. An alarm evaluates the same queries every minute. */
const expressions = new WeakMap<MetricDataQuery, Expression>();

function expressionOf(query: MetricDataQuery, text: string): Expression {
  const known = expressions.get(query);
  if (known) return known;
  const parsed = parseExpression(text);
  expressions.set(query, parsed);
  return parsed;
}

class Evaluation {
  private readonly results = new Map<string, Value>();
  private readonly running = new Set<string>();

  constructor(
    private readonly store: MetricStore,
    private readonly queries: readonly MetricDataQuery[],
    private readonly range: TimeRange,
  ) {}

  /** A number becomes a series with the same value in each period. */
  seriesOf(id: string): readonly TimeSeries[] {
    const value = this.resultOf(id);
    const { Label: label, Period: period = 60 } = this.queries.find(({ Id }) => Id === id) ?? {};
    if (typeof value === 'number') {
      const points = new Map(periodsIn(this.range, period).map((at) => [at, value]));
      return [{ label: label ?? id, period, points }];
    }
    if (isSeries(value)) return [{ ...value, label: label ?? value.label }];
    return seriesOf(value);
  }

  private resultOf(id: string): Value {
    const known = this.results.get(id);
    if (known !== undefined) return known;
    const query = this.queries.find(({ Id }) => Id === id);
    if (!query) throw new UserError(`Metric math refers to ${id}, which no query defines.`);
    if (this.running.has(id)) throw new UserError(`The expression ${id} refers to itself.`);
    this.running.add(id);
    const result = this.run(query);
    this.results.set(id, result);
    return result;
  }

  private run(query: MetricDataQuery): Value {
    const { Id, Label, MetricStat, Expression: text, Period } = query;
    if (text !== undefined) return this.evaluate(expressionOf(query, text), Period);
    if (!MetricStat) throw new UserError(`The query ${Id} has neither a metric nor an expression.`);
    const { Metric, Period: period, Stat: statistic } = MetricStat;
    const dimensions = Object.fromEntries(Metric.Dimensions.map(({ Name, Value: value }) => [Name, value]));
    const metric = { namespace: Metric.Namespace, name: Metric.MetricName, dimensions };
    return readSeries(this.store, metric, { statistic, period, label: Label }, this.range);
  }

  private evaluate(expression: Expression, period: number | undefined): Value {
    const evaluate = (part: Expression) => this.evaluate(part, period);
    switch (expression.kind) {
      case 'number':
      case 'text':
        return expression.value;
      case 'name':
        return this.named(expression.name);
      case 'list':
        return expression.items.flatMap((item) => seriesOf(evaluate(item)));
      case 'negative':
        return combine('-', 0, evaluate(expression.of));
      case 'binary':
        return combine(expression.operator, evaluate(expression.left), evaluate(expression.right));
      case 'call':
        return this.call(expression.name, expression.parameters.map(evaluate), period);
    }
  }

  private named(name: string): Value {
    const isQuery = this.queries.some(({ Id }) => Id === name);
    return !isQuery && CONSTANTS.has(name) ? name : this.resultOf(name);
  }

  private call(name: string, parameters: readonly Value[], period: number | undefined): Value {
    if (name === 'METRICS') return this.metrics(textOf(parameters[0]));
    if (name === 'SEARCH') return this.search(parameters, period);
    const run = FUNCTIONS[name];
    if (!run) throw new UserError(`The local CloudWatch does not know the function ${name} of metric math.`);
    return run(parameters, this.range);
  }

  /** Returns the series of all metrics of the queries, or of those whose id contains a text. */
  private metrics(part: string): readonly TimeSeries[] {
    return this.queries
      .filter(({ Id, MetricStat }) => MetricStat && Id.includes(part))
      .flatMap(({ Id }) => seriesOf(this.resultOf(Id)));
  }

  private search([text, statistic, seconds]: readonly Value[], ofQuery: number | undefined): Value {
    const isFound = parseSearch(textOf(text));
    const period = typeof seconds === 'number' ? seconds : (ofQuery ?? 300);
    return this.store
      .list()
      .filter(isFound)
      .map((id) => ({ id, label: labelOf(id) }))
      .sort((a, b) => (a.label < b.label ? -1 : 1))
      .map(({ id, label }) =>
        readSeries(this.store, id, { statistic: textOf(statistic, 'Average'), period, label }, this.range),
      )
      .filter(({ points }) => points.size > 0);
  }
}

/** CloudWatch labels a series of a search by what tells it apart. */
const labelOf = ({ name, dimensions }: MetricId): string => [...Object.values(dimensions), name].join(' ');
