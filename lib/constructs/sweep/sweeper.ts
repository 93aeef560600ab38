import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ENV } from '../../../shared/env';
import { FailureQueue } from '../common/failure-queue';
import { ScimFunction } from '../common/scim-function';
import type { ScimTable } from '../common/scim-table';
import { invokeOnSchedule } from '../common/schedules';
import { grantConsumerSweep } from '../dispatch/consumer-grants';
import { WorkQueue } from '../dispatch/work-queue';

export interface SweeperProps {
  readonly table: ScimTable;
}

/**
 * The function that removes what deleted groups and domains leave behind, and that indexes the addresses of
 * domains of an earlier version, driven by a queue. A schedule removes what requests left over that were in
 * progress. Nothing waits for it, because readers skip the leftovers, and find users by address without the
 * index until then.
 */
export class Sweeper extends Construct {
  public readonly handler: ScimFunction;
  /** The queue of deletions and requests. */
  public readonly queue: WorkQueue;
  /** The queue of stream records that could not be dispatched. It has this place since the first version. */
  public readonly undispatched: FailureQueue;

  public constructor(scope: Construct, id: string, { table }: SweeperProps) {
    super(scope, id);
    this.undispatched = new FailureQueue(this, 'Failures');
    this.handler = new ScimFunction(this, 'Handler', {
      entry: 'sweep',
      description: 'Removes what deleted groups and domains leave behind',
      // A sweep ends a minute before. The rest of its work is the next message of its domain.
      timeout: Duration.minutes(5),
      memorySize: 256,
    });
    table.grantSweep(this.handler);
    grantConsumerSweep(table, this.handler);
    this.queue = new WorkQueue(this, 'Work', {
      worker: this.handler,
      // The time after which another function takes over from one that has died.
      visibilityTimeout: Duration.minutes(6),
      maxConcurrency: 10,
      // A message that fails each time is tried for ten hours.
      maxDeliveries: 100,
      environmentVariable: ENV.sweepQueueUrl,
    });
    invokeOnSchedule(this, this.handler, [
      {
        id: 'Leftovers',
        description: 'Sweeps leftovers of requests that were in progress when their domain was deleted',
        interval: LEFTOVER_INTERVAL,
      },
    ]);
  }
}

const LEFTOVER_INTERVAL = Duration.minutes(15);
