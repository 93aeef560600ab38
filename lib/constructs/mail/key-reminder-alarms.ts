import { Duration } from 'aws-cdk-lib';
import { type Alarm, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { AlarmTopic } from '../common/alarm-topic';
import { ScimAlarm } from '../common/scim-alarm';
import type { KeyReminders } from './key-reminders';

export interface KeyReminderAlarmsProps {
  readonly reminders: KeyReminders;
  readonly topic: AlarmTopic;
}

/** The alarm on reminders of SCIM keys that were not sent. */
export class KeyReminderAlarms extends Construct {
  public readonly failed: Alarm;

  public constructor(scope: Construct, id: string, { reminders, topic }: KeyReminderAlarmsProps) {
    super(scope, id);
    const { handler } = reminders;
    this.failed = new ScimAlarm(this, 'KeyReminderFailed', {
      description: 'Reminders that SCIM keys expire were not sent. The next run, in an hour, tries again.',
      metric: new MathExpression({
        expression: 'FILL(reminders, 0) + FILL(runs, 0)',
        usingMetrics: {
          reminders: handler.metric('KeyReminderFailed'),
          runs: handler.function.metricErrors(),
        },
        label: 'KeyReminderFailed',
        // Longer than the time between two runs, so that the alarm does not recover before the next one.
        period: Duration.hours(2),
      }),
      topic,
    });
  }
}
