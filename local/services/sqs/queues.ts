import path from 'node:path';
import * as z from 'zod';
import type { MetricStore } from '../../cloud/metrics/metric-store';
import { readProperties } from '../../cloud/template/properties';
import type { Resource } from '../../cloud/template/resources';
import { UserError } from '../../host/user-error';
import { MessageLog, type StoredMessage } from './message-log';
import { Queue } from './queue';

const QueueProperties = z.object({
  FifoQueue: z.boolean().default(false),
  ContentBasedDeduplication: z.boolean().default(false),
  RedrivePolicy: z
    .object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.number().int().min(1) })
    .optional(),
  /** Seconds. */
  VisibilityTimeout: z.number().default(30),
  MessageRetentionPeriod: z.number().default(4 * 86_400),
});

/** A message for tests and benchmarks: its body is parsed if it is JSON. */
export interface QueueMessage {
  readonly messageId: string;
  readonly sentAt: string;
  readonly body: unknown;
}

/** The queues of the template. Their messages survive a restart, after which all are visible. */
export class Queues {
  private readonly byArn = new Map<string, Queue>();
  private readonly byUrl = new Map<string, Queue>();

  /**
   * `directory` contains a log of messages for each queue. `timeoutFactor` multiplies visibility timeouts, as
   * it does the timeouts of functions.
   */
  constructor(resources: readonly Resource[], directory: string, timeoutFactor = 1) {
    for (const resource of resources) {
      const properties = readProperties(QueueProperties, resource);
      const { VisibilityTimeout, MessageRetentionPeriod, FifoQueue, RedrivePolicy } = properties;
      const { ref, attributes } = resource;
      const name = attributes.QueueName ?? '';
      const settings = {
        name,
        visibilityTimeoutMs: VisibilityTimeout * 1000 * timeoutFactor,
        retentionMs: MessageRetentionPeriod * 1000,
        ...(FifoQueue && { fifo: { deduplicatesByContent: properties.ContentBasedDeduplication } }),
        ...(RedrivePolicy && {
          redrive: {
            maxReceiveCount: RedrivePolicy.maxReceiveCount,
            move: (message: StoredMessage) => this.get(RedrivePolicy.deadLetterTargetArn).add(message),
          },
        }),
      };
      const queue = new Queue(settings, new MessageLog(path.join(directory, `${name}.jsonl`)));
      this.byArn.set(attributes.Arn ?? '', queue);
      this.byUrl.set(ref, queue);
    }
    for (const resource of resources) this.checkDeadLetterQueue(resource);
  }

  /** Throws the error with which SQS refuses a dead-letter queue of the other kind. */
  private checkDeadLetterQueue(resource: Resource): void {
    const { FifoQueue, RedrivePolicy } = readProperties(QueueProperties, resource);
    if (!RedrivePolicy || Boolean(this.get(RedrivePolicy.deadLetterTargetArn).settings.fifo) === FifoQueue)
      return;
    throw new UserError(
      `${resource.logicalId}: The dead-letter queue of a FIFO queue must be a FIFO queue, and that of a standard ` +
        'queue a standard queue.',
    );
  }

  /** Returns a queue by its ARN. */
  get(queueArn: string): Queue {
    const queue = this.byArn.get(queueArn);
    if (!queue) throw new Error(`There is no queue ${queueArn}.`);
    return queue;
  }

  /** Sends a message of another service of the local cloud. */
  send(queueArn: string, body: unknown): void {
    this.get(queueArn).send(JSON.stringify(body));
  }

  at(url: string): Queue | undefined {
    return this.byUrl.get(url);
  }

  /** Reports the states of all queues (namespace `AWS/SQS`). */
  report(metrics: MetricStore): void {
    for (const queue of this.byArn.values()) {
      const { visible, hidden, oldestSeconds } = queue.state();
      const put = (name: string, value: number, unit = 'Count') =>
        metrics.put({
          ...{ namespace: 'AWS/SQS', name, value, unit },
          ...{ dimensions: { QueueName: queue.settings.name }, timestamp: Date.now() },
        });
      put('ApproximateNumberOfMessagesVisible', visible);
      put('ApproximateNumberOfMessagesNotVisible', hidden);
      put('ApproximateAgeOfOldestMessage', oldestSeconds, 'Seconds');
    }
  }

  /** Returns all messages by queue name, oldest first, hidden ones too. */
  all(): Record<string, readonly QueueMessage[]> {
    return Object.fromEntries(
      [...this.byArn.values()].map((queue) => [
        queue.settings.name,
        queue.all().map(({ messageId, sentAt, body }) => ({ messageId, sentAt, body: shown(body) })),
      ]),
    );
  }
}

function shown(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return body;
  }
}
