import { Duration } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { AlarmTopic } from '../common/alarm-topic';
import { messagesIn, ScimAlarm } from '../common/scim-alarm';
import type { MappingEvaluator } from './mapping-evaluator';

export interface MappingAlarmsProps {
  readonly evaluator: MappingEvaluator;
  readonly topic: AlarmTopic;
}

const EVERY_MINUTE = { period: Duration.minutes(1), statistic: 'Maximum' };
const FIFTEEN_MINUTES = Duration.minutes(15);

/** The alarms on mappings that take effect late, or not at all. */
export class MappingAlarms extends Construct {
  public readonly failed: Alarm;
  public readonly late: Alarm;

  public constructor(scope: Construct, id: string, { evaluator, topic }: MappingAlarmsProps) {
    super(scope, id);
    this.failed = new ScimAlarm(this, 'MappingsFailed', {
      description: 'Mappings had no effect on changed users or groups after all retries.',
      metric: messagesIn(evaluator.queue.failures),
      topic,
    });
    this.late = new ScimAlarm(this, 'MappingsLate', {
      description: 'Mappings take effect more than 15 minutes late.',
      metric: evaluator.queue.metricAgeOfOldestMessage(EVERY_MINUTE),
      threshold: FIFTEEN_MINUTES.toSeconds(),
      evaluationPeriods: 3,
      topic,
    });
  }
}
