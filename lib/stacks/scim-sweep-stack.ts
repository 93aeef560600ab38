import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Config } from '../config';
import { reserveConcurrency } from '../constructs/common/reserve-concurrency';
import { DispatchAlarms } from '../constructs/dispatch/dispatch-alarms';
import { Dispatcher } from '../constructs/dispatch/dispatcher';
import { SavedQueries } from '../constructs/monitoring/saved-queries';
import { sweepQueries } from '../constructs/sweep/sweep-queries';
import { PromotionAlarms } from '../constructs/licenses/promotion-alarms';
import { Promoter } from '../constructs/licenses/promoter';
import { SweepAlarms } from '../constructs/sweep/sweep-alarms';
import { Sweeper } from '../constructs/sweep/sweeper';
import type { ScimDataStack } from './scim-data-stack';
import { stageProps } from './stage-props';

/**
 * The work in the background: the dispatcher of the stream, the promotion of pending licenses, and the sweep of what
 * deleted groups and domains leave behind.
 */
export class ScimSweepStack extends Stack {
  public readonly sweeper: Sweeper;
  public readonly dispatcher: Dispatcher;
  public readonly promoter: Promoter;

  public constructor(scope: Construct, id: string, config: Config, { table }: ScimDataStack) {
    super(scope, id, { ...stageProps(id, config), description: 'SCIM provisioning: work in the background' });
    this.sweeper = new Sweeper(this, 'Sweeper', { table });
    const promoter = new Promoter(this, 'Promoter', { table, auditRetentionDays: config.auditRetentionDays });
    new PromotionAlarms(this, 'PromotionAlarms', { promoter });
    const { queue, undispatched: failures } = this.sweeper;
    // An earlier version had the id Dispatcher. The new mapping reads the records of the last 24 hours, and so also those
    // about seats that the mapping of the earlier version has passed.
    const dispatcher = new Dispatcher(this, 'WorkDispatcher', {
      table,
      queues: [promoter.queue, queue],
      failures,
    });
    this.dispatcher = dispatcher;
    this.promoter = promoter;
    reserveConcurrency(config.concurrency, { dispatch: dispatcher.handler, promoter: promoter.handler });
    new SweepAlarms(this, 'Alarms', {
      sweeper: this.sweeper,
      others: { dispatch: dispatcher.handler, promoter: promoter.handler },
    });
    new DispatchAlarms(this, 'DispatchAlarms', { dispatcher, failures });
    new SavedQueries(this, 'Queries', {
      queries: sweepQueries({
        sweep: this.sweeper.handler.logGroup,
        dispatch: dispatcher.handler.logGroup,
        promoter: promoter.handler.logGroup,
      }),
    });
    new CfnOutput(this, 'FailureQueueUrl', {
      description: 'Queue of deletions whose sweep failed after all retries',
      value: queue.failures.queueUrl,
    });
    new CfnOutput(this, 'PromotionFailureQueueUrl', {
      description: 'Queue of domains whose free seats could not be given after all retries',
      value: promoter.queue.failures.queueUrl,
    });
    new CfnOutput(this, 'DispatchFailureQueueUrl', {
      description: 'Queue of stream records that reached no queue after all retries',
      value: failures.queueUrl,
    });
  }
}
