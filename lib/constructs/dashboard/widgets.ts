import { Duration } from 'aws-cdk-lib';
import {
  GraphWidget,
  type IMetric,
  type IWidget,
  LegendPosition,
  LogQueryVisualizationType,
  LogQueryWidget,
  MathExpression,
  Metric,
  SingleValueWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { COLORS } from './colors';

/** A metric with the words and the color of its legend. */
export interface Series {
  readonly metric: IMetric;
  readonly label: string;
  readonly color: string;
}

interface WidgetSize {
  readonly title: string;
  /** In columns of 24. */
  readonly width: number;
  /** @default 6 */
  readonly height?: number;
}

export interface GraphOptions extends WidgetSize {
  readonly series: readonly Series[];
  /** The unit of the axis, in plain words. */
  readonly unit: string;
  /** @default false */
  readonly stacked?: boolean;
  /** Draws a red line, for example where an alarm goes off. */
  readonly limit?: { readonly value: number; readonly label: string };
}

/** Draws metrics over time. */
export const graph = ({ title, width, height = 6, series, unit, stacked, limit }: GraphOptions): IWidget =>
  new GraphWidget({
    title,
    width,
    height,
    left: series.map(shown),
    leftYAxis: { label: unit, showUnits: false, min: 0 },
    stacked: stacked ?? false,
    legendPosition: LegendPosition.BOTTOM,
    ...(limit && { leftAnnotations: [{ ...limit, color: COLORS.bad }] }),
  });

export interface NumbersOptions extends WidgetSize {
  readonly series: readonly Series[];
  /**
   * If true, each number covers the time range of the dashboard. Otherwise, it is that of the last period
   * with data, and a small graph shows the ones before. The last period may have just begun, so use this only
   * for states. @default false
   */
  readonly wholeRange?: boolean;
}

/** Shows metrics as numbers. */
export const numbers = ({ title, width, height = 3, series, wholeRange = false }: NumbersOptions): IWidget =>
  new SingleValueWidget({
    title,
    width,
    height,
    metrics: series.map(shown),
    setPeriodToTimeRange: wholeRange,
    sparkline: !wholeRange,
    fullPrecision: false,
  });

export interface LogTableOptions extends WidgetSize {
  readonly logs: readonly ILogGroup[];
  /** The commands of the query. `fields` only names what the next commands use, so it is not needed. */
  readonly query: readonly string[];
}

/** Shows the result of a query of logs. It costs nothing while nobody looks at the dashboard. */
export const logTable = ({ title, width, height = 7, logs, query }: LogTableOptions): IWidget =>
  new LogQueryWidget({
    title,
    width,
    height,
    logGroupNames: logs.map(({ logGroupName }) => logGroupName),
    queryLines: [...query],
    view: LogQueryVisualizationType.TABLE,
  });

const shown = ({ metric, label, color }: Series): IMetric => {
  if (metric instanceof Metric) return metric.with({ label, color });
  return metric instanceof MathExpression ? metric.with({ label, color }) : metric;
};

/** The period of the graphs. */
export const FIVE_MINUTES = Duration.minutes(5);

/** Computes a metric from others, in the period of the widget. */
export const computed = (
  expression: string,
  usingMetrics: Readonly<Record<string, IMetric>>,
  period: Duration,
): IMetric => new MathExpression({ expression, usingMetrics: { ...usingMetrics }, period });

/**
 * Adds metrics up, also those that have no data until they first count. `id` makes the names of variables
 * unique.
 */
export const total = (id: string, metrics: readonly IMetric[], period = FIVE_MINUTES): IMetric =>
  computed(
    metrics.map((_, index) => `FILL(${id}${index}, 0)`).join(' + '),
    Object.fromEntries(metrics.map((metric, index) => [`${id}${index}`, metric])),
    period,
  );
