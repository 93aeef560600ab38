import { Duration } from 'aws-cdk-lib';
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { DeduplicationScope, FifoThroughputLimit, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { EnvironmentVariable } from '../../../shared/env';
import { FailureQueue } from '../common/failure-queue';
import type { ScimFunction } from '../common/scim-function';
import { encryptQueue } from '../encryption/encrypt';
import { allowKeyUse } from '../encryption/key-grants';

export interface WorkQueueProps {
  /** The function that does the work. */
  readonly worker: ScimFunction;
  /**
   * The time after which a message is delivered again. It must not be shorter than the timeout of the worker.
   */
  readonly visibilityTimeout: Duration;
  /** The number of workers, and so of batches at the same time. */
  readonly maxConcurrency: number;
  /**
   * The number of messages, of one or several domains, that the worker gets at once.
   * @default 1, so that a domain never waits for the work of another one in the same batch
   */
  readonly batchSize?: number;
  /** The number of times that a message is delivered before it goes to the failure queue. */
  readonly maxDeliveries: number;
  /** The variable that names the queue to the worker and to the dispatcher. */
  readonly environmentVariable: EnvironmentVariable;
}

/**
 * The queue of one kind of work. It is a FIFO queue whose message groups are the domains: the work of a
 * domain is done one message after the other, and no domain waits for the backlog of another.
 */
export class WorkQueue extends Construct {
  /** The queue of messages that failed after all deliveries. */
  public readonly failures: FailureQueue;
  private readonly queue: Queue;

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: WorkQueueProps,
  ) {
    super(scope, id);
    const { worker, visibilityTimeout, maxConcurrency, maxDeliveries, batchSize = 1 } = props;
    this.failures = new FailureQueue(this, 'Failures', { fifo: true });
    this.queue = new Queue(this, 'Queue', {
      fifo: true,
      // The limit of messages a second is one of each domain.
      deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
      fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout,
      retentionPeriod: Duration.days(14),
      deadLetterQueue: { queue: this.failures, maxReceiveCount: maxDeliveries },
    });
    encryptQueue(this.queue);
    allowKeyUse(worker, 'receive');
    worker.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize,
        maxConcurrency,
        reportBatchItemFailures: true,
      }),
    );
    this.grantSend(worker);
  }

  /** Returns the metric of the seconds for which the oldest work has been waiting. */
  public metricAgeOfOldestMessage(options: MetricOptions): Metric {
    return this.queue.metricApproximateAgeOfOldestMessage(options);
  }

  /** Allows the function to send work. */
  public grantSend(fn: ScimFunction): void {
    fn.grant(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.queue.queueArn] }), {
      [this.props.environmentVariable]: this.queue.queueUrl,
    });
    allowKeyUse(fn, 'send');
  }
}
