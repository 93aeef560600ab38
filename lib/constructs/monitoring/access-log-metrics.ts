import { Duration } from 'aws-cdk-lib';
import type { IMetric, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { METRICS_NAMESPACE } from '../../../shared/env';
import { sumOf } from '../common/scim-alarm';
import { pathInStage } from '../stage/stage';

export interface AccessLogMetricsProps {
  readonly accessLog: ILogGroup;
  /** The names of the metrics of an API. */
  readonly names: { readonly serverErrors: string; readonly throttled: string };
}

/**
 * The metrics that count the statuses of an access log. API Gateway has one metric for all 4xx, and it counts
 * a status that a gateway response sets as 4xx.
 */
export class AccessLogMetrics extends Construct {
  /** The requests with a 5xx in five minutes. */
  public readonly serverErrors: Metric;
  /** The requests with a 429 in five minutes. */
  public readonly throttled: Metric;

  /** As above, but 0 without such requests: an alarm with gaps in its data stays in alarm for longer. */
  public readonly serverErrorsOrZero: IMetric;
  public readonly throttledOrZero: IMetric;

  public constructor(scope: Construct, id: string, { accessLog, names }: AccessLogMetricsProps) {
    super(scope, id);
    const count = (filterId: string, status: string, metricName: string): Metric =>
      new MetricFilter(this, filterId, {
        logGroup: accessLog,
        filterPattern: FilterPattern.stringValue('$.status', '=', status),
        metricNamespace: pathInStage(this, METRICS_NAMESPACE),
        metricName,
      }).metric({ period: Duration.minutes(5), statistic: 'Sum' });
    this.serverErrors = count('ServerErrors', '5*', names.serverErrors);
    this.throttled = count('Throttled', '429', names.throttled);
    const { serverErrors, throttled } = this;
    this.serverErrorsOrZero = sumOf(names.serverErrors, Duration.minutes(5), { serverErrors });
    this.throttledOrZero = sumOf(names.throttled, Duration.minutes(5), { throttled });
  }
}
