import { Duration } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { AlarmTopic } from './alarm-topic';
import type { LicenseChanges } from './license-changes';
import { ScimAlarm } from './scim-alarm';

export interface LicenseAlarmsProps {
  readonly changes: LicenseChanges;
  readonly topic: AlarmTopic;
}

/** Mails that do not arrive, and mails that arrive late. */
export class LicenseAlarms extends Construct {
  public readonly failed: Alarm;
  public readonly refused: Alarm;
  public readonly late: Alarm;

  public constructor(scope: Construct, id: string, { changes, topic }: LicenseAlarmsProps) {
    super(scope, id);
    const everyMinute = { period: Duration.minutes(1), statistic: 'Maximum' };
    this.failed = new ScimAlarm(this, 'LicenseMailFailed', {
      description: 'License mails were given up after many tries.',
      metric: changes.failures.metricApproximateNumberOfMessagesVisible(everyMinute),
      topic,
    });
    this.refused = new ScimAlarm(this, 'LicenseMailRefused', {
      description: 'SES refused license mails for good.',
      metric: changes.handler.metric('MailRefused'),
      topic,
    });
    this.late = new ScimAlarm(this, 'LicenseMailLate', {
      description: 'License mails are more than five minutes late.',
      metric: changes.handler.function.metric('IteratorAge', everyMinute),
      above: Duration.minutes(5).toMilliseconds(),
      periods: 3,
      topic,
    });
  }
}
