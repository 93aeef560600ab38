import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { AlarmTopic } from './alarm-topic';

export interface ScimAlarmProps {
  /** What is wrong, in a sentence; the entry of docs/runbook.md with the alarm's name says what to do. */
  readonly description: string;
  readonly metric: IMetric;
  /** The alarm goes off above this, in the metric's unit. @default 0 */
  readonly threshold?: number;
  /** Periods of the metric in a row that must be above it. @default 1 */
  readonly evaluationPeriods?: number;
  /** What no data means. @default that all is well */
  readonly missingData?: TreatMissingData;
  readonly topic: AlarmTopic;
}

/** An alarm on too much of something. */
export class ScimAlarm extends Alarm {
  public constructor(scope: Construct, id: string, props: ScimAlarmProps) {
    super(scope, id, {
      alarmDescription: props.description,
      metric: props.metric,
      threshold: props.threshold ?? 0,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: props.evaluationPeriods ?? 1,
      treatMissingData: props.missingData ?? TreatMissingData.NOT_BREACHING,
    });
    props.topic.notify(this);
  }
}
