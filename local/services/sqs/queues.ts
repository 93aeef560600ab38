import * as z from 'zod';
import { readProperties } from '../../cloud/template/properties';
import type { Resource } from '../../cloud/template/resources';
import type { JsonFile } from '../../host/json-file';
import { Queue, type StoredMessage } from './queue';

const QueueProperties = z.object({
  FifoQueue: z.undefined('FIFO queues are not supported').optional(),
  RedrivePolicy: z.undefined('redrive policies are not supported').optional(),
  /** Seconds. */
  VisibilityTimeout: z.number().default(30),
  MessageRetentionPeriod: z.number().default(4 * 86_400),
});

export type StoredQueues = Record<string, readonly StoredMessage[]>;

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

  constructor(resources: readonly Resource[], file: JsonFile<StoredQueues>) {
    const stored = file.read() ?? {};
    for (const resource of resources) {
      const { VisibilityTimeout, MessageRetentionPeriod } = readProperties(QueueProperties, resource);
      const { ref, attributes } = resource;
      const name = attributes.QueueName ?? '';
      const settings = {
        name,
        visibilityTimeoutMs: VisibilityTimeout * 1000,
        retentionMs: MessageRetentionPeriod * 1000,
      };
      const queue = new Queue(settings, stored[name] ?? [], (messages) => {
        stored[name] = messages;
        file.write(stored);
      });
      this.byArn.set(attributes.Arn ?? '', queue);
      this.byUrl.set(ref, queue);
    }
  }

  /** Sends a message of another service of the local cloud. */
  send(queueArn: string, body: unknown): void {
    const queue = this.byArn.get(queueArn);
    if (!queue) throw new Error(`There is no queue ${queueArn}.`);
    queue.send(JSON.stringify(body));
  }

  at(url: string): Queue | undefined {
    return this.byUrl.get(url);
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
