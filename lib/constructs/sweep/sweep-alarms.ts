import { Duration } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { messagesIn, ScimAlarm } from '../common/scim-alarm';
import type { ScimFunction } from '../common/scim-function';
import { FunctionAlarms } from '../monitoring/function-alarms';
import type { Sweeper } from './sweeper';

export interface SweepAlarmsProps {
  readonly sweeper: Sweeper;
  /** The other functions of this stack, by their IDs in metrics. */
  readonly others: Readonly<Record<string, ScimFunction>>;
}

/**
 * The alarms on sweeps that failed after all retries, or again and again, and on the functions of this work.
 */
export class SweepAlarms extends Construct {
  public readonly failed: Alarm;
  public readonly leftoversFailed: Alarm;
  public readonly ofFunctions: FunctionAlarms;

  public constructor(scope: Construct, id: string, { sweeper, others }: SweepAlarmsProps) {
    super(scope, id);
    this.failed = new ScimAlarm(this, 'SweepFailed', {
      description: 'Sweeps of deleted groups or domains failed after all retries.',
      metric: messagesIn(sweeper.queue.failures),
    });
    this.leftoversFailed = new ScimAlarm(this, 'LeftoverSweepFailed', {
      description:
        'Data that requests in progress wrote to deleted domains could not be removed for an hour.',
      metric: sweeper.handler.metric('LeftoverSweepFailed').with({ period: Duration.minutes(15) }),
      evaluationPeriods: 4,
    });
    this.ofFunctions = new FunctionAlarms(this, 'Functions', {
      name: 'Background',
      of: 'the background work',
      functions: { sweep: sweeper.handler, ...others },
    });
  }
}
