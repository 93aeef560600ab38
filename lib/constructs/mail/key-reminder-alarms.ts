import { Duration } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { ScimAlarm, sumOf } from '../common/scim-alarm';
import type { KeyReminders } from './key-reminders';

export interface KeyReminderAlarmsProps {
  readonly reminders: KeyReminders;
}

/** The alarm on reminders of SCIM keys that were not sent. */
export class KeyReminderAlarms extends Construct {
  public readonly failed: Alarm;

  public constructor(scope: Construct, id: string, { reminders }: KeyReminderAlarmsProps) {
    super(scope, id);
    const { handler } = reminders;
    this.failed = new ScimAlarm(this, 'KeyReminderFailed', {
      description: 'Reminders that SCIM keys expire were not sent. The next run, in an hour, tries again.',
      // The period is longer than the time between two runs, so that the alarm does not recover before the
      // next one.
      metric: sumOf('KeyReminderFailed', Duration.hours(2), {
        reminders: handler.metric('KeyReminderFailed'),
        runs: handler.function.metricErrors(),
      }),
    });
  }
}
