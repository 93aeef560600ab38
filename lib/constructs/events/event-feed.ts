import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ENV } from '../../../shared/env';
import { MAX_EVENT_DELIVERIES } from '../../../shared/limits/event-deliveries';
import { ScimFunction } from '../common/scim-function';
import type { ScimTable } from '../common/scim-table';
import { grantConsumerList } from '../dispatch/consumer-grants';
import { WorkQueue } from '../dispatch/work-queue';
import { grantEventFeed } from './event-grants';

export interface EventFeedProps {
  readonly table: ScimTable;
}

/**
 * The function that writes changes into the feeds of domains and of the deployment, driven by a queue. The
 * message groups are the feeds, so each has one writer at a time.
 */
export class EventFeed extends Construct {
  public readonly handler: ScimFunction;
  /** The queue of changes. */
  public readonly queue: WorkQueue;

  public constructor(scope: Construct, id: string, { table }: EventFeedProps) {
    super(scope, id);
    this.handler = new ScimFunction(this, 'Handler', {
      entry: 'event-feed',
      description: 'Writes the events of domains with subscriptions',
      timeout: Duration.seconds(15),
      memorySize: 512,
    });
    grantEventFeed(table, this.handler);
    grantConsumerList(table, this.handler);
    this.queue = new WorkQueue(this, 'Work', {
      worker: this.handler,
      // The time after which another function takes over from one that has died.
      visibilityTimeout: Duration.seconds(20),
      maxConcurrency: 10,
      // The worker writes the changes of several messages of a feed at once. If a batch has messages of
      // several feeds, it writes these at the same time. All of them are deleted only when the last one has
      // ended, so no transaction begins after five seconds, and none is tried for longer than ten.
      batchSize: 10,
      // A message that fails each time is tried for about five hours. Until then, the later events of its
      // feed wait.
      maxDeliveries: MAX_EVENT_DELIVERIES,
      environmentVariable: ENV.eventQueueUrl,
    });
  }
}
