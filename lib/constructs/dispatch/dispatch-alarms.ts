import { Duration } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { AlarmTopic } from '../common/alarm-topic';
import type { FailureQueue } from '../common/failure-queue';
import { ScimAlarm } from '../common/scim-alarm';
import type { Dispatcher } from './dispatcher';

export interface DispatchAlarmsProps {
  readonly dispatcher: Dispatcher;
  /** The queue of records that could not be dispatched. */
  readonly failures: FailureQueue;
  readonly topic: AlarmTopic;
}

const EVERY_MINUTE = { period: Duration.minutes(1), statistic: 'Maximum' };
const FIVE_MINUTES = Duration.minutes(5);

/** The alarms on records of the stream that are dispatched late, or not at all. */
export class DispatchAlarms extends Construct {
  public readonly failed: Alarm;
  public readonly late: Alarm;

  public constructor(scope: Construct, id: string, { dispatcher, failures, topic }: DispatchAlarmsProps) {
    super(scope, id);
    this.failed = new ScimAlarm(this, 'DispatchFailed', {
      description: 'Deletions or requests of the stream reached no queue after all retries.',
      metric: failures.metricApproximateNumberOfMessagesVisible(EVERY_MINUTE),
      topic,
    });
    this.late = new ScimAlarm(this, 'DispatchLate', {
      description: 'Deletions and requests of the stream reach their queues more than five minutes late.',
      metric: dispatcher.handler.function.metric('IteratorAge', EVERY_MINUTE),
      threshold: FIVE_MINUTES.toMilliseconds(),
      evaluationPeriods: 3,
      topic,
    });
  }
}
