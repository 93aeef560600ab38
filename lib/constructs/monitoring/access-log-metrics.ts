import { Duration } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { METRICS_NAMESPACE } from '../../../shared/env';
import { pathInStage } from '../stage/stage';

export interface AccessLogMetricsProps {
  readonly accessLog: ILogGroup;
  /** The names of the metrics of an API. */
  readonly names: { readonly serverErrors: string; readonly throttled: string };
}

/**
 * The metrics that count the statuses of an access log. API Gateway has one metric for all 4xx, and it counts a status
 * that a gateway response sets as 4xx.
 */
export class AccessLogMetrics extends Construct {
  /** The requests with a 5xx in five minutes. */
  public readonly serverErrors: Metric;
  /** The requests with a 429 in five minutes. */
  public readonly throttled: Metric;

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
  }
}
