import { Duration } from 'aws-cdk-lib';
import { type Alarm, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { AlarmTopic } from '../common/alarm-topic';
import type { MailEvents } from './mail-events';
import { messagesIn, ScimAlarm } from '../common/scim-alarm';

/** SES reviews an account above these rates, and can pause it at higher ones. */
const MAX_BOUNCE_RATE = 0.05;
const MAX_COMPLAINT_RATE = 0.001;

export interface MailEventAlarmsProps {
  readonly events: MailEvents;
  readonly topic: AlarmTopic;
}

/** The alarms on lost delivery events, and on rates at which SES may pause the account. */
export class MailEventAlarms extends Construct {
  public readonly failed: Alarm;
  public readonly bounceRate: Alarm;
  public readonly complaintRate: Alarm;

  public constructor(scope: Construct, id: string, { events, topic }: MailEventAlarmsProps) {
    super(scope, id);
    this.failed = new ScimAlarm(this, 'MailEventFailed', {
      description: 'Bounces or complaints were not recorded. Emails are still sent to their addresses.',
      metric: messagesIn(events.failures),
    });
    this.bounceRate = new ScimAlarm(this, 'MailBounceRate', {
      description: 'More than 5% of the emails of this account bounce.',
      metric: reputationMetric('BounceRate'),
      threshold: MAX_BOUNCE_RATE,
      missingData: TreatMissingData.IGNORE,
      topic,
    });
    this.complaintRate = new ScimAlarm(this, 'MailComplaintRate', {
      description: 'More than 0.1% of the emails of this account get a complaint.',
      metric: reputationMetric('ComplaintRate'),
      threshold: MAX_COMPLAINT_RATE,
      missingData: TreatMissingData.IGNORE,
      topic,
    });
  }
}

/**
 * Returns a metric of the whole account in this region, because SES does not assess configuration sets. SES
 * reports it only now and then, so without new data, an alarm keeps its state.
 */
const reputationMetric = (rate: string): Metric =>
  new Metric({
    namespace: 'AWS/SES',
    metricName: `Reputation.${rate}`,
    period: Duration.hours(1),
    statistic: 'Maximum',
  });
