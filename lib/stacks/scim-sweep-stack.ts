import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Config } from '../config';
import { DispatchAlarms } from '../constructs/dispatch/dispatch-alarms';
import { Dispatcher } from '../constructs/dispatch/dispatcher';
import { SavedQueries } from '../constructs/monitoring/saved-queries';
import { sweepQueries } from '../constructs/sweep/sweep-queries';
import { SweepAlarms } from '../constructs/sweep/sweep-alarms';
import { Sweeper } from '../constructs/sweep/sweeper';
import type { ScimDataStack } from './scim-data-stack';
import { stageProps } from './stage-props';

/** The work in the background: the dispatcher of the stream, and the sweep of what deleted groups and domains leave behind. */
export class ScimSweepStack extends Stack {
  public readonly sweeper: Sweeper;
  public readonly dispatcher: Dispatcher;

  public constructor(scope: Construct, id: string, config: Config, { table }: ScimDataStack) {
    super(scope, id, { ...stageProps(id, config), description: 'SCIM provisioning: sweeping' });
    this.sweeper = new Sweeper(this, 'Sweeper', { table });
    const { queue, undispatched: failures } = this.sweeper;
    const dispatcher = new Dispatcher(this, 'Dispatcher', { table, sweeps: queue, failures });
    this.dispatcher = dispatcher;
    new SweepAlarms(this, 'Alarms', { sweeper: this.sweeper, dispatcher: dispatcher.handler });
    new DispatchAlarms(this, 'DispatchAlarms', { dispatcher, failures });
    new SavedQueries(this, 'Queries', {
      queries: sweepQueries({ sweep: this.sweeper.handler.logGroup, dispatch: dispatcher.handler.logGroup }),
    });
    new CfnOutput(this, 'FailureQueueUrl', {
      description: 'Queue of deletions whose sweep failed after all retries',
      value: queue.failures.queueUrl,
    });
    new CfnOutput(this, 'DispatchFailureQueueUrl', {
      description: 'Queue of stream records that reached no queue after all retries',
      value: failures.queueUrl,
    });
  }
}
