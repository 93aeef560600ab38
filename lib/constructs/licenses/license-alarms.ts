import { Duration } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { AlarmTopic } from '../common/alarm-topic';
import { messagesIn, ScimAlarm, sumOf } from '../common/scim-alarm';
import type { ScimFunction } from '../common/scim-function';
import type { MailDelivery } from '../mail/mail-delivery';
import type { MailOutbox } from '../mail/mail-outbox';
import { FunctionAlarms } from '../monitoring/function-alarms';
import { streamAlarm } from '../monitoring/stream-alarm';
import type { LicenseChanges } from './license-changes';

export interface LicenseAlarmsProps {
  readonly changes: LicenseChanges;
  readonly outbox: MailOutbox;
  readonly delivery: MailDelivery;
  /** The functions of this stack besides those of `changes` and `outbox`, by their IDs in metrics. */
  readonly others: Readonly<Record<string, ScimFunction>>;
  readonly topic: AlarmTopic;
}

/** The alarms on license changes and on emails that the service gives up. `MailAlarms` has those on SES. */
export class LicenseAlarms extends Construct {
  public readonly changeFailed: Alarm;
  public readonly changesLate: Alarm;
  public readonly mailGivenUp: Alarm;
  public readonly mailRefused: Alarm;
  public readonly mailOverBudget: Alarm;
  public readonly ofFunctions: FunctionAlarms;

  public constructor(scope: Construct, id: string, props: LicenseAlarmsProps) {
    super(scope, id);
    const { changes, outbox, delivery, others, topic } = props;
    const sumOfBoth = (metricName: string) =>
      sumOf(metricName, Duration.minutes(5), {
        atOnce: changes.handler.metric(metricName),
        later: outbox.handler.metric(metricName),
      });
    this.changeFailed = new ScimAlarm(this, 'LicenseChangeFailed', {
      description: 'License changes failed after all retries. Their emails were not sent.',
      metric: messagesIn(changes.failures),
    });
    this.changesLate = streamAlarm(this, 'LicenseMailLate', {
      description: 'License changes are processed more than five minutes late.',
      consumer: changes.handler,
      maxAge: Duration.minutes(5),
    });
    this.mailGivenUp = new ScimAlarm(this, 'LicenseMailGivenUp', {
      description: 'License emails failed after all retries. Redrive them.',
      metric: messagesIn(delivery.failures),
    });
    this.mailRefused = new ScimAlarm(this, 'LicenseMailRefused', {
      description: 'SES rejected license emails permanently.',
      metric: sumOfBoth('MailRefused'),
    });
    this.mailOverBudget = new ScimAlarm(this, 'LicenseMailOverBudget', {
      description:
        'A domain has sent its emails of this hour, and further ones wait. Find out whether it imports users or sends ' +
        'unwanted emails.',
      metric: sumOfBoth('MailOverBudget'),
      topic,
    });
    this.ofFunctions = new FunctionAlarms(this, 'Functions', {
      name: 'Mail',
      of: 'licenses and emails',
      functions: { licenseChanges: changes.handler, mailOutbox: outbox.handler, ...others },
    });
  }
}
