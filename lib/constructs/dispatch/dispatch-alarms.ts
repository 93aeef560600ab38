import { Duration } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { FailureQueue } from '../common/failure-queue';
import { messagesIn, ScimAlarm } from '../common/scim-alarm';
import { streamAlarm } from '../monitoring/stream-alarm';
import type { Dispatcher } from './dispatcher';

export interface DispatchAlarmsProps {
  readonly dispatcher: Dispatcher;
  /** The queue of records that could not be dispatched. */
  readonly failures: FailureQueue;
}

/** The alarms on records of the stream that are dispatched late, or not at all. */
export class DispatchAlarms extends Construct {
  public readonly failed: Alarm;
  public readonly late: Alarm;

  public constructor(scope: Construct, id: string, { dispatcher, failures }: DispatchAlarmsProps) {
    super(scope, id);
    this.failed = new ScimAlarm(this, 'DispatchFailed', {
      description: 'Deletions or requests of the stream reached no queue after all retries.',
      metric: messagesIn(failures),
    });
    this.late = streamAlarm(this, 'DispatchLate', {
      description: 'Deletions and requests of the stream reach their queues more than five minutes late.',
      consumer: dispatcher.handler,
      maxAge: Duration.minutes(5),
    });
  }
}
