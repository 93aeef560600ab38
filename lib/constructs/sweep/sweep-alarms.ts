import { Duration } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { AlarmTopic } from '../common/alarm-topic';
import { ScimAlarm } from '../common/scim-alarm';
import type { Sweeper } from './sweeper';

export interface SweepAlarmsProps {
  readonly sweeper: Sweeper;
  readonly topic: AlarmTopic;
}

/** The alarm on sweeps that failed after all retries. */
export class SweepAlarms extends Construct {
  public readonly failed: Alarm;

  public constructor(scope: Construct, id: string, { sweeper, topic }: SweepAlarmsProps) {
    super(scope, id);
    this.failed = new ScimAlarm(this, 'SweepFailed', {
      description: 'Sweeps of deleted groups or domains failed after all retries.',
      metric: sweeper.failures.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(1),
        statistic: 'Maximum',
      }),
      topic,
    });
  }
}
