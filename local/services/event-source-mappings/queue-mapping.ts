import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Faults } from '../../cloud/faults/faults';
import { REGION } from '../../cloud/template/account';
import type { InvocationTarget } from '../lambda/invocation-target';
import type { Queue, ReceivedMessage } from '../sqs/queue';
import { md5 } from '../sqs/md5';
import { failedItems } from './item-failures';
import type { QueueMappingSettings } from './mapping-settings';

/** SQS holds a request for messages open for at most this time. */
const LONGEST_WAIT_MS = 20_000;
const STOP_GRACE_MS = 3_000;

export interface QueueMappingParts {
  readonly settings: QueueMappingSettings;
  readonly lambda: InvocationTarget;
  readonly queue: Queue;
  /** Multiplies the time for which messages stay hidden after the function has failed. */
  readonly redeliveryFactor: number;
  readonly log: (line: string) => void;
  /** @default each message arrives once */
  readonly faults?: Faults;
}

/**
 * An event source mapping of a queue. It invokes the function with batches of messages, and deletes the
 * messages that the function has processed. The others come back after the visibility timeout of the queue.
 */
export class QueueMapping {
  private readonly abort = new AbortController();
  private pollers: Promise<void>[] = [];

  constructor(private readonly parts: QueueMappingParts) {}

  start(): void {
    // Each poller may wait for the signal.
    setMaxListeners(0, this.abort.signal);
    this.pollers = Array.from({ length: this.parts.settings.maximumConcurrency }, () => this.poll());
  }

  /** Waits for the current batches, but not for long. The next start delivers interrupted ones again. */
  async stop(): Promise<void> {
    this.abort.abort();
    await Promise.race([Promise.all(this.pollers), sleep(STOP_GRACE_MS, undefined, { ref: false })]);
  }

  private async poll(): Promise<void> {
    const { queue, settings } = this.parts;
    while (!this.abort.signal.aborted) {
      const messages = await queue.receive(settings.batchSize, LONGEST_WAIT_MS, undefined, this.abort.signal);
      if (messages.length > 0) await this.deliver(messages);
    }
  }

  private async deliver(messages: readonly ReceivedMessage[]): Promise<void> {
    const { faults, lambda, queue, settings, redeliveryFactor, log } = this.parts;
    const event = { Records: messages.map((message) => this.recordOf(message)) };
    const site = {
      function: lambda.name,
      operation: 'lambda:DeliverBatch',
      text: () => JSON.stringify(event),
    };
    let failed: number[] | 'all';
    try {
      // A queue delivers a message at least once, so an injected fault can repeat it.
      if (faults?.take(site, ['duplicate'])) await lambda.invoke(event);
      const result = await lambda.invoke(event);
      const identifiers = messages.map(({ messageId }) => messageId);
      failed = settings.reportsItemFailures ? failedItems(result, identifiers) : [];
    } catch (error) {
      failed = 'all';
      log(`${lambda.name} failed on messages of ${settings.queueArn}: ${String(error)}`);
    }
    for (const [at, { receiptHandle }] of messages.entries()) {
      if (failed !== 'all' && !failed.includes(at)) queue.delete(receiptHandle);
      else queue.shorten(receiptHandle, redeliveryFactor);
    }
  }

  private recordOf(message: ReceivedMessage): object {
    const { messageId, receiptHandle, receiveCount, body, sentAt, groupId, deduplicationId } = message;
    return {
      messageId,
      receiptHandle,
      body,
      attributes: {
        ApproximateReceiveCount: String(receiveCount),
        SentTimestamp: String(Date.parse(sentAt)),
        ...(groupId !== undefined && { MessageGroupId: groupId }),
        ...(deduplicationId !== undefined && { MessageDeduplicationId: deduplicationId }),
      },
      messageAttributes: {},
      md5OfBody: md5(body),
      eventSource: 'aws:sqs',
      eventSourceARN: this.parts.settings.queueArn,
      awsRegion: REGION,
    };
  }
}
