import { Duration } from 'aws-cdk-lib';
import { type Alarm, MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { AlarmTopic } from '../common/alarm-topic';
import type { LicenseChanges } from './license-changes';
import type { MailDelivery } from '../mail/mail-delivery';
import type { MailOutbox } from '../mail/mail-outbox';
import { ScimAlarm } from '../common/scim-alarm';

export interface LicenseAlarmsProps {
  readonly changes: LicenseChanges;
  readonly outbox: MailOutbox;
  readonly delivery: MailDelivery;
  readonly topic: AlarmTopic;
}

const EVERY_MINUTE = { period: Duration.minutes(1), statistic: 'Maximum' };
const FIVE_MINUTES = Duration.minutes(5);

/** Mails that do not arrive, and mails that arrive late. */
export class LicenseAlarms extends Construct {
  public readonly changeFailed: Alarm;
  public readonly mailGivenUp: Alarm;
  public readonly mailRefused: Alarm;
  public readonly changesLate: Alarm;
  public readonly outboxLate: Alarm;

  public constructor(scope: Construct, id: string, { changes, outbox, delivery, topic }: LicenseAlarmsProps) {
    super(scope, id);
    this.changeFailed = new ScimAlarm(this, 'LicenseChangeFailed', {
      description: 'Changes of licenses were given up after many tries, and have no mail.',
      metric: changes.failures.metricApproximateNumberOfMessagesVisible(EVERY_MINUTE),
      topic,
    });
    this.mailGivenUp = new ScimAlarm(this, 'LicenseMailGivenUp', {
      description: 'License mails wait in the failure queue to be put back.',
      metric: delivery.failures.metricApproximateNumberOfMessagesVisible(EVERY_MINUTE),
      topic,
    });
    this.mailRefused = new ScimAlarm(this, 'LicenseMailRefused', {
      description: 'SES refused license mails for good.',
      metric: refusedMails(changes, outbox),
      topic,
    });
    this.changesLate = new ScimAlarm(this, 'LicenseMailLate', {
      description: 'Changes of licenses are more than five minutes late.',
      metric: changes.handler.function.metric('IteratorAge', EVERY_MINUTE),
      threshold: FIVE_MINUTES.toMilliseconds(),
      evaluationPeriods: 3,
      topic,
    });
    this.outboxLate = new ScimAlarm(this, 'OutboxLate', {
      description: 'The outbox of license mails is more than five minutes behind, or nobody looks into it.',
      metric: outbox.handler.metric('OutboxAge').with(EVERY_MINUTE),
      threshold: FIVE_MINUTES.toSeconds(),
      evaluationPeriods: 5,
      // Every run says how late it is.
      missingData: TreatMissingData.BREACHING,
      topic,
    });
  }
}

function refusedMails(changes: LicenseChanges, outbox: MailOutbox): MathExpression {
  return new MathExpression({
    expression: 'FILL(atOnce, 0) + FILL(later, 0)',
    usingMetrics: {
      atOnce: changes.handler.metric('MailRefused'),
      later: outbox.handler.metric('MailRefused'),
    },
    label: 'MailRefused',
    period: FIVE_MINUTES,
  });
}
