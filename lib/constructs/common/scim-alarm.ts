import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { AlarmTopic } from './alarm-topic';

export interface ScimAlarmProps {
  /** A sentence that says what is wrong. The alarm's entry in docs/runbook.md says what to do. */
  readonly description: string;
  readonly metric: IMetric;
  /** The alarm goes off above this value, in the metric's unit. @default 0 */
  readonly threshold?: number;
  /** The number of consecutive periods above the threshold. @default 1 */
  readonly evaluationPeriods?: number;
  /** The meaning of missing data. @default TreatMissingData.NOT_BREACHING */
  readonly missingData?: TreatMissingData;
  readonly topic: AlarmTopic;
}

/** An alarm on a metric that exceeds its threshold. */
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
