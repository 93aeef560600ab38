import { Duration } from 'aws-cdk-lib';
import { AlarmRule, CompositeAlarm, type IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { AlarmTopic } from '../common/alarm-topic';
import { alarmName } from '../common/scim-alarm';

export interface RootAlarmProps {
  readonly description: string;
  /** The IDs of the alarms that this one combines. */
  readonly parts: readonly string[];
  /** While this alarm lasts, the new one does not notify. @default none */
  readonly explainedBy?: IAlarm;
  readonly topic: AlarmTopic;
}

/** The time for which an alarm waits for the one that explains it. The latter needs up to two minutes. */
const WAIT = Duration.minutes(3);
/** The time in which a consequence ends after its cause. */
const EXTENSION = Duration.minutes(10);

/**
 * An alarm that notifies. It combines the alarms that one cause sets off, so that the cause notifies once. It
 * names them, because a reference to another stack would be an export. CloudWatch does not delete an alarm
 * that a composite alarm names, so an alarm that a setting adds or removes must be in the stack of its
 * composite alarm.
 */
export class RootAlarm extends CompositeAlarm {
  public constructor(
    scope: Construct,
    id: string,
    { description, parts, explainedBy, topic }: RootAlarmProps,
  ) {
    super(scope, id, {
      compositeAlarmName: alarmName(scope, id),
      alarmDescription: description,
      alarmRule: AlarmRule.fromString(parts.map((part) => `ALARM("${alarmName(scope, part)}")`).join(' OR ')),
      ...(explainedBy && {
        actionsSuppressor: explainedBy,
        actionsSuppressorWaitPeriod: WAIT,
        actionsSuppressorExtensionPeriod: EXTENSION,
      }),
    });
    topic.notify(this);
  }
}
