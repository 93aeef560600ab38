import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, type Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';

/** With fewer requests, one slow request decides. */
const ENOUGH_REQUESTS = 20;

/**
 * Returns how long the slower requests take: the 95th percentile of five minutes, in milliseconds. It is 0
 * while there are few requests.
 */
export function slowness(label: string, metric: (options: MetricOptions) => Metric): IMetric {
  const period = Duration.minutes(5);
  return new MathExpression({
    label,
    period,
    expression: `IF(requests >= ${ENOUGH_REQUESTS}, latency, 0)`,
    usingMetrics: {
      requests: metric({ period, statistic: 'SampleCount' }),
      latency: metric({ period, statistic: 'p95' }),
    },
  });
}
