import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ScimAlarm } from '../common/scim-alarm';
import type { ScimFunction } from '../common/scim-function';

export interface StreamAlarmProps {
  readonly description: string;
  /** The function that reads the table's stream. */
  readonly consumer: ScimFunction;
  readonly maxAge: Duration;
}

/** Creates an alarm on a reader of the stream that has been behind for three minutes. */
export const streamAlarm = (
  scope: Construct,
  id: string,
  { description, consumer, maxAge }: StreamAlarmProps,
): ScimAlarm =>
  new ScimAlarm(scope, id, {
    description,
    metric: consumer.function.metric('IteratorAge', { period: Duration.minutes(1), statistic: 'Maximum' }),
    threshold: maxAge.toMilliseconds(),
    evaluationPeriods: 3,
  });
