import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Config } from '../config';
import { reserveConcurrency } from '../constructs/common/reserve-concurrency';
import { DispatchAlarms } from '../constructs/dispatch/dispatch-alarms';
import { Dispatcher } from '../constructs/dispatch/dispatcher';
import { EventAlarms } from '../constructs/events/event-alarms';
import { ScimEventBus } from '../constructs/events/event-bus';
import { EventFeed } from '../constructs/events/event-feed';
import { eventQueries } from '../constructs/events/event-queries';
import { SavedQueries } from '../constructs/monitoring/saved-queries';
import { sweepQueries } from '../constructs/sweep/sweep-queries';
import { MappingAlarms } from '../constructs/mappings/mapping-alarms';
import { MappingEvaluator } from '../constructs/mappings/mapping-evaluator';
import { PromotionAlarms } from '../constructs/licenses/promotion-alarms';
import { Promoter } from '../constructs/licenses/promoter';
import { SweepAlarms } from '../constructs/sweep/sweep-alarms';
import { Sweeper } from '../constructs/sweep/sweeper';
import { WebhookAlarms } from '../constructs/webhooks/webhook-alarms';
import { webhookQueries } from '../constructs/webhooks/webhook-queries';
import { Webhooks } from '../constructs/webhooks/webhooks';
import type { ScimDataStack } from './scim-data-stack';
import { stageProps } from './stage-props';

/**
 * The work in the background: the dispatcher of the stream, the promotion of pending licenses, and the sweep
 * of what deleted groups and domains leave behind.
 */
export class ScimSweepStack extends Stack {
  public readonly sweeper: Sweeper;
  public readonly dispatcher: Dispatcher;
  public readonly promoter: Promoter;
  public readonly webhooks: Webhooks;
  public readonly mappings: MappingEvaluator;
  public readonly eventFeed: EventFeed;

  public constructor(
    scope: Construct,
    id: string,
    config: Config,
    { table, alarmTopic, webhookSecret, leaseKeys }: ScimDataStack,
  ) {
    super(scope, id, { ...stageProps(id, config), description: 'SCIM provisioning: work in the background' });
    this.sweeper = new Sweeper(this, 'Sweeper', { table });
    const promoter = new Promoter(this, 'Promoter', { table, auditRetentionDays: config.auditRetentionDays });
    new PromotionAlarms(this, 'PromotionAlarms', { promoter });
    const { auditRetentionDays, keyGraceDays } = config;
    const mappings = new MappingEvaluator(this, 'Mappings', { table, auditRetentionDays, keyGraceDays });
    this.mappings = mappings;
    new MappingAlarms(this, 'MappingAlarms', { evaluator: mappings, topic: alarmTopic });
    const eventFeed = new EventFeed(this, 'EventFeed', { table });
    const { queue, undispatched: failures } = this.sweeper;
    // An earlier version had the id Dispatcher. The new mapping reads the records of the last 24 hours, and
    // so also those about seats that the mapping of the earlier version has passed.
    const dispatcher = new Dispatcher(this, 'WorkDispatcher', {
      table,
      queues: [promoter.queue, queue, mappings.queue, eventFeed.queue],
      failures,
    });
    this.dispatcher = dispatcher;
    this.promoter = promoter;
    this.eventFeed = eventFeed;
    new EventAlarms(this, 'EventAlarms', {
      feed: eventFeed,
      dispatcher: dispatcher.handler,
      topic: alarmTopic,
    });
    reserveConcurrency(config.concurrency, { dispatch: dispatcher.handler, promoter: promoter.handler });
    const eventBus = config.eventBus ? new ScimEventBus(this, 'EventBus') : undefined;
    this.webhooks = new Webhooks(this, 'Webhooks', { table, webhookSecret, eventBus, config });
    this.webhooks.grantSend(eventFeed.handler);
    // It signs security event tokens.
    leaseKeys.grantSigning(this.webhooks.handler);
    new WebhookAlarms(this, 'WebhookAlarms', { webhooks: this.webhooks, topic: alarmTopic });
    new SweepAlarms(this, 'Alarms', {
      sweeper: this.sweeper,
      others: {
        dispatch: dispatcher.handler,
        promoter: promoter.handler,
        mappings: mappings.handler,
        eventFeed: eventFeed.handler,
        webhooks: this.webhooks.handler,
      },
    });
    new DispatchAlarms(this, 'DispatchAlarms', { dispatcher, failures });
    new SavedQueries(this, 'Queries', {
      queries: [
        ...sweepQueries({
          sweep: this.sweeper.handler.logGroup,
          dispatch: dispatcher.handler.logGroup,
          promoter: promoter.handler.logGroup,
          mappings: mappings.handler.logGroup,
          eventFeed: eventFeed.handler.logGroup,
        }),
        ...webhookQueries(this.webhooks.handler.logGroup),
        ...eventQueries({ feed: eventFeed.handler.logGroup, dispatch: dispatcher.handler.logGroup }),
      ],
    });
    if (eventBus) {
      const { eventBusName, eventBusArn } = eventBus.bus;
      new CfnOutput(this, 'EventBusName', { description: 'Event bus', value: eventBusName });
      new CfnOutput(this, 'EventBusArn', { description: 'ARN of the event bus', value: eventBusArn });
    }
    new CfnOutput(this, 'FailureQueueUrl', {
      description: 'Queue of deletions whose sweep failed after all retries',
      value: queue.failures.queueUrl,
    });
    new CfnOutput(this, 'WebhookFailureQueueUrl', {
      description: 'Queue of requests to deliver to webhooks that failed after all retries',
      value: this.webhooks.failures.queueUrl,
    });
    new CfnOutput(this, 'PromotionFailureQueueUrl', {
      description: 'Queue of domains whose free seats could not be given after all retries',
      value: promoter.queue.failures.queueUrl,
    });
    new CfnOutput(this, 'MappingFailureQueueUrl', {
      description: 'Queue of changes on which mappings had no effect after all retries',
      value: mappings.queue.failures.queueUrl,
    });
    new CfnOutput(this, 'EventFailureQueueUrl', {
      description: 'Queue of changes that could not be written into a feed of events after all retries',
      value: eventFeed.queue.failures.queueUrl,
    });
    new CfnOutput(this, 'DispatchFailureQueueUrl', {
      description: 'Queue of stream records that reached no queue after all retries',
      value: failures.queueUrl,
    });
  }
}
