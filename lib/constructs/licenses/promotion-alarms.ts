import { Duration } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { ScimAlarm } from '../common/scim-alarm';
import type { Promoter } from './promoter';

export interface PromotionAlarmsProps {
  readonly promoter: Promoter;
}

const EVERY_MINUTE = { period: Duration.minutes(1), statistic: 'Maximum' };
const FIVE_MINUTES = Duration.minutes(5);

/** The alarms on free seats that pending licenses get late, or not at all. */
export class PromotionAlarms extends Construct {
  public readonly failed: Alarm;
  public readonly late: Alarm;

  public constructor(scope: Construct, id: string, { promoter }: PromotionAlarmsProps) {
    super(scope, id);
    this.failed = new ScimAlarm(this, 'PromotionFailed', {
      description: 'Free seats could not be given to pending licenses after all retries.',
      metric: promoter.queue.failures.metricApproximateNumberOfMessagesVisible(EVERY_MINUTE),
    });
    this.late = new ScimAlarm(this, 'PromotionLate', {
      description: 'Free seats are given to pending licenses more than five minutes late.',
      metric: promoter.queue.metricAgeOfOldestMessage(EVERY_MINUTE),
      threshold: FIVE_MINUTES.toSeconds(),
      evaluationPeriods: 3,
    });
  }
}
