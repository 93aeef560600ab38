import { Duration } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { AlarmTopic } from '../common/alarm-topic';
import { messagesIn, ScimAlarm } from '../common/scim-alarm';
import type { Webhooks } from './webhooks';

export interface WebhookAlarmsProps {
  readonly webhooks: Webhooks;
  readonly topic: AlarmTopic;
}

const FIVE_MINUTES = Duration.minutes(5);
/** Half of the time after which events become dead letters. */
const OLD_EVENT = Duration.hours(12);

/** The alarms on endpoints that fail, on events that wait, and on events that were given up. */
export class WebhookAlarms extends Construct {
  public readonly failing: Alarm;
  public readonly late: Alarm;
  public readonly backlogOld: Alarm;
  public readonly deadLetters: Alarm;
  public readonly runFailed: Alarm;

  public constructor(scope: Construct, id: string, { webhooks, topic }: WebhookAlarmsProps) {
    super(scope, id);
    const { handler } = webhooks;
    const highest = { period: FIVE_MINUTES, statistic: 'Maximum' };
    this.failing = new ScimAlarm(this, 'WebhooksFailing', {
      description: 'Endpoints of webhooks have accepted no event for more than an hour.',
      metric: handler.metric('WebhooksFailing').with(highest),
      topic,
    });
    this.late = new ScimAlarm(this, 'WebhooksLate', {
      description: 'The service delivers to webhooks whose endpoints work more than five minutes late.',
      metric: webhooks.metricAgeOfOldestMessage({ period: Duration.minutes(1), statistic: 'Maximum' }),
      threshold: FIVE_MINUTES.toSeconds(),
      evaluationPeriods: 3,
      topic,
    });
    this.backlogOld = new ScimAlarm(this, 'WebhookBacklogOld', {
      description: 'An event has been waiting for its webhook for 12 hours. After 24 hours, it is given up.',
      metric: handler.metric('WebhookBacklogAge').with(highest),
      threshold: OLD_EVENT.toSeconds(),
      topic,
    });
    this.deadLetters = new ScimAlarm(this, 'WebhookDeadLetters', {
      description:
        'Events were given up, because their webhooks did not accept them for 24 hours, or were paused for 30 days.',
      metric: handler.metric('WebhookDeadLetters').with({ period: FIVE_MINUTES }),
      topic,
    });
    this.runFailed = new ScimAlarm(this, 'WebhookRunFailed', {
      description: 'Requests to deliver to webhooks failed after all retries.',
      metric: messagesIn(webhooks.failures),
      topic,
    });
  }
}
