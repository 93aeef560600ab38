import { Duration } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { AlarmTopic } from '../common/alarm-topic';
import { messagesIn, ScimAlarm } from '../common/scim-alarm';
import type { ScimFunction } from '../common/scim-function';
import type { EventFeed } from './event-feed';

export interface EventAlarmsProps {
  readonly feed: EventFeed;
  /** The function that finds out which changes become events. */
  readonly dispatcher: ScimFunction;
  readonly topic: AlarmTopic;
}

/** The alarms on events that are written late, or not at all. */
export class EventAlarms extends Construct {
  public readonly failed: Alarm;
  public readonly late: Alarm;
  public readonly unreadable: Alarm;

  public constructor(scope: Construct, id: string, { feed, dispatcher, topic }: EventAlarmsProps) {
    super(scope, id);
    this.failed = new ScimAlarm(this, 'EventsFailed', {
      description: 'Changes could not be written into the feed of events after all retries.',
      metric: messagesIn(feed.queue.failures),
      topic,
    });
    this.late = new ScimAlarm(this, 'EventsLate', {
      description: 'Events are written more than five minutes after their changes.',
      metric: feed.queue.metricAgeOfOldestMessage({ period: Duration.minutes(1), statistic: 'Maximum' }),
      threshold: Duration.minutes(5).toSeconds(),
      evaluationPeriods: 3,
      topic,
    });
    this.unreadable = new ScimAlarm(this, 'EventsUnreadable', {
      description: 'Changes of items that cannot be read became no events.',
      metric: dispatcher.metric('EventUnreadable'),
      topic,
    });
  }
}
