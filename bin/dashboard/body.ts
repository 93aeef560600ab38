import type { MetricStore } from '../../local/cloud/metrics/metric-store';
import { type MetricDataQueryInput, queryMetrics } from '../../local/services/cloudwatch/query';

/** The options of a metric in the body of a dashboard. */
interface MetricOptions {
  readonly id?: string;
  readonly label?: string;
  readonly color?: string;
  readonly expression?: string;
  readonly period?: number;
  readonly stat?: string;
  readonly visible?: boolean;
}

/** A widget of the body of a dashboard ("Dashboard Body Structure and Syntax" of the CloudWatch API). */
export interface Widget {
  readonly type: 'metric' | 'log' | 'text' | 'alarm';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title?: string;
    readonly markdown?: string;
    readonly view?: string;
    readonly query?: string;
    /** ARNs. */
    readonly alarms?: readonly string[];
    readonly metrics?: readonly (readonly (string | MetricOptions)[])[];
    readonly period?: number;
    readonly stat?: string;
    readonly stacked?: boolean;
    readonly sparkline?: boolean;
    readonly setPeriodToTimeRange?: boolean;
    readonly yAxis?: { readonly left?: { readonly label?: string } };
    readonly annotations?: {
      readonly horizontal?: readonly {
        readonly value: number;
        readonly label?: string;
        readonly color?: string;
      }[];
    };
  };
}

export interface DashboardBody {
  readonly widgets: readonly Widget[];
}

/** A line of a graph, or a number. */
export interface Drawn {
  readonly label: string;
  readonly color: string;
  /** Milliseconds since the epoch → value. */
  readonly points: readonly (readonly [number, number])[];
}

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Evaluates the metrics and expressions of a widget as CloudWatch does. */
export function evaluate({ properties }: Widget, store: MetricStore, range: Range): Drawn[] {
  const { metrics = [], period = 300, stat = 'Average', setPeriodToTimeRange } = properties;
  const wholeRange = (range.end - range.start) / 1_000;
  let before: readonly string[] = [];
  const queries = metrics.map((metric, index): { query: MetricDataQueryInput; options: MetricOptions } => {
    const options = metric.find((part): part is MetricOptions => typeof part === 'object') ?? {};
    const names = metric.filter((part): part is string => typeof part === 'string');
    const seconds = setPeriodToTimeRange ? wholeRange : (options.period ?? period);
    const shared = {
      Id: options.id ?? `metric${index}`,
      ...(options.label !== undefined && { Label: options.label }),
      ReturnData: options.visible !== false,
    };
    if (options.expression !== undefined)
      return { query: { ...shared, Expression: options.expression, Period: seconds }, options };
    before = names.map((name, at) => (name === '.' ? (before[at] ?? '') : name));
    const [Namespace = '', MetricName = '', ...dimensions] = before;
    const Dimensions = dimensions.flatMap((Name, at) =>
      at % 2 === 0 ? [{ Name, Value: dimensions[at + 1] ?? '' }] : [],
    );
    const Metric = { Namespace, MetricName, Dimensions };
    return {
      query: { ...shared, MetricStat: { Metric, Period: seconds, Stat: options.stat ?? stat } },
      options,
    };
  });
  const results = queryMetrics(
    store,
    queries.map(({ query }) => query),
    // A number of the whole range has one period, which starts with the range.
    { ...range, ...(setPeriodToTimeRange && { alignedTo: range.start }) },
  );
  return results.flatMap(({ id, series }) => {
    const { color = '#0073bb' } = queries.find(({ query }) => query.Id === id)?.options ?? {};
    return series.map(({ label, points }) => ({
      label,
      color,
      points: [...points].sort(([a], [b]) => a - b),
    }));
  });
}
