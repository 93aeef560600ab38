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

/** The alarms on license changes and emails: failed, rejected or late. */
export class LicenseAlarms extends Construct {
  public readonly changeFailed: Alarm;
  public readonly mailGivenUp: Alarm;
  public readonly mailRefused: Alarm;
  public readonly mailBlocked: Alarm;
  public readonly mailOverBudget: Alarm;
  public readonly changesLate: Alarm;
  public readonly outboxLate: Alarm;

  public constructor(scope: Construct, id: string, { changes, outbox, delivery, topic }: LicenseAlarmsProps) {
    super(scope, id);
    this.changeFailed = new ScimAlarm(this, 'LicenseChangeFailed', {
      description: 'License changes failed after all retries. Their emails were not sent.',
      metric: changes.failures.metricApproximateNumberOfMessagesVisible(EVERY_MINUTE),
      topic,
    });
    this.mailGivenUp = new ScimAlarm(this, 'LicenseMailGivenUp', {
      description: 'License emails failed after all retries. Redrive them.',
      metric: delivery.failures.metricApproximateNumberOfMessagesVisible(EVERY_MINUTE),
      topic,
    });
    this.mailRefused = new ScimAlarm(this, 'LicenseMailRefused', {
      description: 'SES rejected license emails permanently.',
      metric: mailMetric('MailRefused', FIVE_MINUTES, changes, outbox),
      topic,
    });
    this.mailBlocked = new ScimAlarm(this, 'LicenseMailBlocked', {
      description:
        'SES accepts no license emails until you act: verify the sender, resume sending of the paused account, restore ' +
        'the configuration set, or restore the IAM permission. The emails wait.',
      metric: mailMetric('MailBlocked', Duration.minutes(1), changes, outbox),
      topic,
    });
    this.mailOverBudget = new ScimAlarm(this, 'LicenseMailOverBudget', {
      description:
        'A domain has sent its emails of this hour, and further ones wait. Find out whether it imports users or sends ' +
        'unwanted emails.',
      metric: mailMetric('MailOverBudget', FIVE_MINUTES, changes, outbox),
      topic,
    });
    this.changesLate = new ScimAlarm(this, 'LicenseMailLate', {
      description: 'License changes are processed more than five minutes late.',
      metric: changes.handler.function.metric('IteratorAge', EVERY_MINUTE),
      threshold: FIVE_MINUTES.toMilliseconds(),
      evaluationPeriods: 3,
      topic,
    });
    this.outboxLate = new ScimAlarm(this, 'OutboxLate', {
      description:
        'For more than five minutes, emails were due and the outbox settled none, or it did not run.',
      metric: outbox.handler.metric('OutboxAge').with(EVERY_MINUTE),
      threshold: FIVE_MINUTES.toSeconds(),
      evaluationPeriods: 5,
      // Every run emits the metric at its end, so missing data means that no run ended.
      missingData: TreatMissingData.BREACHING,
      topic,
    });
  }
}

function mailMetric(
  label: string,
  period: Duration,
  changes: LicenseChanges,
  outbox: MailOutbox,
): MathExpression {
  return new MathExpression({
    expression: 'FILL(atOnce, 0) + FILL(later, 0)',
    usingMetrics: {
      atOnce: changes.handler.metric(label),
      later: outbox.handler.metric(label),
    },
    label,
    period,
  });
}
