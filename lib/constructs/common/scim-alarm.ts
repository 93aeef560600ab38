import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { nameInStage } from '../stage/stage';
import type { AlarmTopic } from './alarm-topic';

export interface ScimAlarmProps {
  /** A sentence that says what is wrong. The alarm's entry in docs/runbook.md says what to do. */
  readonly description: string;
  readonly metric: IMetric;
  /** The alarm goes off above this value, in the metric's unit. @default 0 */
  readonly threshold?: number;
  /** If true, the alarm goes off at the threshold, too. @default false */
  readonly atThreshold?: boolean;
  /** If true, the alarm goes off below the threshold instead of above it. @default false */
  readonly below?: boolean;
  /** The number of last periods that count. @default 1 */
  readonly evaluationPeriods?: number;
  /** The number of these periods that must be above the threshold. @default all */
  readonly datapointsToAlarm?: number;
  /** The meaning of missing data. @default TreatMissingData.NOT_BREACHING */
  readonly missingData?: TreatMissingData;
  /** Notifies this topic. @default none, because a composite alarm of the monitoring stack notifies */
  readonly topic?: AlarmTopic;
}

/** Returns the name of an alarm, which contains the name of its entry in docs/runbook.md. */
export const alarmName = (scope: Construct, id: string): string => nameInStage(scope, `scim-${id}`);

/**
 * An alarm on a metric that exceeds its threshold. It has a name, so that composite alarms can refer to it
 * from another stack without an export.
 */
export class ScimAlarm extends Alarm {
  public constructor(scope: Construct, id: string, props: ScimAlarmProps) {
    super(scope, id, {
      alarmName: alarmName(scope, id),
      alarmDescription: props.description,
      metric: props.metric,
      threshold: props.threshold ?? 0,
      comparisonOperator: props.below
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : props.atThreshold
          ? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD
          : ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: props.evaluationPeriods ?? 1,
      datapointsToAlarm: props.datapointsToAlarm,
      treatMissingData: props.missingData ?? TreatMissingData.NOT_BREACHING,
    });
    props.topic?.notify(this);
  }
}

/** The newest minutes whose data may not have arrived when CloudWatch evaluates them. */
const LATE = 2;

/**
 * Returns the periods of an alarm on minutes in which missing data is zero, such as those of `sumOf`:
 * `breaching` of `count` minutes. It also reads the newest minutes, which may still be zero.
 */
export const minutes = (breaching = 1, count = breaching) => ({
  evaluationPeriods: count + LATE,
  datapointsToAlarm: breaching,
});

/** Sums metrics that have no data until their first event. An alarm can have at most ten metrics. */
export function sumOf(label: string, period: Duration, metrics: Readonly<Record<string, IMetric>>): IMetric {
  return new MathExpression({
    label,
    period,
    expression: Object.keys(metrics)
      .map((id) => `FILL(${id}, 0)`)
      .join(' + '),
    usingMetrics: { ...metrics },
  });
}

/** Returns the number of messages in a queue, by the minute. */
export const messagesIn = (queue: IQueue): IMetric =>
  queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: 'Maximum' });
