import { Duration } from 'aws-cdk-lib';
import {
  type Alarm,
  MathExpression,
  type MetricOptions,
  type Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { AlarmTopic } from '../common/alarm-topic';
import { minutes, ScimAlarm, sumOf } from '../common/scim-alarm';
import type { ScimFunction } from '../common/scim-function';
import type { MailOutbox } from './mail-outbox';

export interface MailAlarmsProps {
  /** The function that sends the first few emails of a domain. */
  readonly changes: ScimFunction;
  readonly outbox: MailOutbox;
  readonly topic: AlarmTopic;
}

const FIVE_MINUTES = Duration.minutes(5);
/** The age of an unsent email, since its first attempt, above which an alarm goes off. */
export const OLD_MAIL = Duration.hours(2);
/** Longer than the longest pause between two attempts to send an email. */
export const ATTEMPTS_WITHIN = Duration.minutes(90);
/** The percentage of the daily quota of SES that leaves time to ask for more. */
const MAX_QUOTA_USED = 80;

/** The alarms on SES and the outbox: no email is sent, or emails wait for too long. */
export class MailAlarms extends Construct {
  public readonly blocked: Alarm;
  public readonly stalled: Alarm;
  public readonly aging: Alarm;
  public readonly outboxLate: Alarm;
  public readonly quotaNearlyUsed: Alarm;

  public constructor(scope: Construct, id: string, { changes, outbox, topic }: MailAlarmsProps) {
    super(scope, id);
    const ofBoth = (metricName: string, options: MetricOptions = {}): Record<string, Metric> => ({
      [`${metricName.charAt(0).toLowerCase()}${metricName.slice(1)}AtOnce`]: changes
        .metric(metricName)
        .with(options),
      [`${metricName.charAt(0).toLowerCase()}${metricName.slice(1)}Later`]: outbox.handler
        .metric(metricName)
        .with(options),
    });
    this.blocked = new ScimAlarm(this, 'LicenseMailBlocked', {
      description:
        'SES accepts no license emails until you act: verify the sender, resume sending of the paused account, restore ' +
        'the configuration set, or restore the IAM permission. The emails wait.',
      metric: sumOf('MailBlocked', Duration.minutes(1), ofBoth('MailBlocked')),
      ...minutes(),
    });
    const failed = { ...ofBoth('MailDelayed'), ...ofBoth('MailBlocked') };
    const sent = ofBoth('MailSent');
    const total = (metrics: object) =>
      Object.keys(metrics)
        .map((key) => `FILL(${key}, 0)`)
        .join(' + ');
    this.stalled = new ScimAlarm(this, 'LicenseMailStalled', {
      description: 'For 15 minutes, SES has accepted none of the license emails.',
      // A period without any attempt has no value, because CloudWatch does not divide by zero.
      metric: new MathExpression({
        label: 'Share of the attempts that failed',
        expression: `(${total(failed)}) / (${total({ ...failed, ...sent })})`,
        usingMetrics: { ...failed, ...sent },
        period: FIVE_MINUTES,
      }),
      threshold: 1,
      atThreshold: true,
      evaluationPeriods: 3,
      // The attempts of a failing email become rarer, which says nothing new.
      missingData: TreatMissingData.IGNORE,
    });
    this.aging = new ScimAlarm(this, 'LicenseMailAging', {
      description: 'SES has failed to accept a license email for two hours.',
      metric: new MathExpression({
        label: 'MailAttemptAge',
        expression: 'MAX(METRICS())',
        usingMetrics: ofBoth('MailAttemptAge', { statistic: 'Maximum' }),
        period: FIVE_MINUTES,
      }),
      threshold: OLD_MAIL.toSeconds(),
      // Between two attempts, other emails may be sent. The alarm lasts until the next attempt of the old
      // one.
      evaluationPeriods: ATTEMPTS_WITHIN.toMinutes() / FIVE_MINUTES.toMinutes(),
      datapointsToAlarm: 1,
    });
    this.outboxLate = new ScimAlarm(this, 'OutboxLate', {
      description:
        'For more than five minutes, emails were due and the outbox settled none, or it did not run.',
      metric: outbox.handler.metric('OutboxAge').with({ period: Duration.minutes(1), statistic: 'Maximum' }),
      threshold: FIVE_MINUTES.toSeconds(),
      evaluationPeriods: 5,
      // Every run emits the metric at its end, so missing data means that no run ended.
      missingData: TreatMissingData.BREACHING,
    });
    this.quotaNearlyUsed = new ScimAlarm(this, 'SesQuotaNearlyUsed', {
      description: `This account has sent more than ${MAX_QUOTA_USED}% of the emails that SES allows in 24 hours.`,
      metric: outbox.handler
        .metric('SesQuotaUsed')
        .with({ period: Duration.minutes(15), statistic: 'Maximum' }),
      threshold: MAX_QUOTA_USED,
      topic,
    });
  }
}
