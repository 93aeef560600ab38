import { Duration } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { AlarmTopic } from './alarm-topic';
import type { GroupSweeper } from './group-sweeper';
import { ScimAlarm } from './scim-alarm';

export interface GroupSweepAlarmsProps {
  readonly sweeper: GroupSweeper;
  readonly topic: AlarmTopic;
}

/** What deleted groups left behind and nobody takes away. */
export class GroupSweepAlarms extends Construct {
  public readonly failed: Alarm;

  public constructor(scope: Construct, id: string, { sweeper, topic }: GroupSweepAlarmsProps) {
    super(scope, id);
    this.failed = new ScimAlarm(this, 'GroupSweepFailed', {
      description: 'Sweeps of deleted groups were given up after many tries.',
      metric: sweeper.failures.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(1),
        statistic: 'Maximum',
      }),
      topic,
    });
  }
}
