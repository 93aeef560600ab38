import { Duration } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { minutes, ScimAlarm, sumOf } from '../common/scim-alarm';
import type { ScimFunction } from '../common/scim-function';

export interface FunctionAlarmsProps {
  /** The beginning of the alarms' names. */
  readonly name: string;
  /** The work of the functions, for the descriptions. */
  readonly of: string;
  /** At most ten functions, by their IDs in the metric. */
  readonly functions: Readonly<Record<string, ScimFunction>>;
}

/**
 * The alarms on functions that fail, and on functions that Lambda does not run because of a limit. An
 * authorizer that fails instead of refusing a request causes a 5xx, which the alarms on the APIs watch.
 */
export class FunctionAlarms extends Construct {
  public readonly failing: Alarm;
  public readonly throttled: Alarm;

  public constructor(scope: Construct, id: string, { name, of, functions }: FunctionAlarmsProps) {
    super(scope, id);
    const metrics = (
      metricName: 'Errors' | 'Throttles',
      period: Duration,
      isIncluded: (fn: ScimFunction) => boolean,
    ) =>
      Object.fromEntries(
        Object.entries(functions)
          .filter(([, fn]) => isIncluded(fn))
          .map(([key, { function: fn }]) => [key, fn.metric(metricName, { period, statistic: 'Sum' })]),
      );
    const fiveMinutes = Duration.minutes(5);
    this.failing = new ScimAlarm(this, `${name}FunctionsFailing`, {
      description: `More than two invocations of functions of ${of} failed in five minutes.`,
      metric: sumOf(
        'Errors',
        fiveMinutes,
        metrics('Errors', fiveMinutes, ({ refusesByError }) => !refusesByError),
      ),
      threshold: 2,
    });
    // Minutes, because this alarm explains others and must not be later than they are.
    this.throttled = new ScimAlarm(this, `${name}FunctionsThrottled`, {
      description: `Lambda did not run functions of ${of}, because a limit of concurrency is reached.`,
      metric: sumOf(
        'Throttles',
        Duration.minutes(1),
        metrics('Throttles', Duration.minutes(1), () => true),
      ),
      threshold: 5,
      ...minutes(),
    });
  }
}
