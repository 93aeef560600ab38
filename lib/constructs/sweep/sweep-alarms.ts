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

/** The alarms on sweeps that failed after all retries, or again and again. */
export class SweepAlarms extends Construct {
  public readonly failed: Alarm;
  public readonly leftoversFailed: Alarm;

  public constructor(scope: Construct, id: string, { sweeper, topic }: SweepAlarmsProps) {
    super(scope, id);
    this.failed = new ScimAlarm(this, 'SweepFailed', {
      description: 'Sweeps of deleted groups or domains failed after all retries.',
      metric: sweeper.queue.failures.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(1),
        statistic: 'Maximum',
      }),
      topic,
    });
    this.leftoversFailed = new ScimAlarm(this, 'LeftoverSweepFailed', {
      description:
        'Data that requests in progress wrote to deleted domains could not be removed for an hour.',
      metric: sweeper.handler.metric('LeftoverSweepFailed').with({ period: Duration.minutes(15) }),
      evaluationPeriods: 4,
      topic,
    });
  }
}
