import { randomUUID } from 'node:crypto';
import type { JsonFile } from '../host/json-file';

export interface QueueMessage {
  readonly messageId: string;
  readonly sentAt: string;
  readonly body: unknown;
}

/** The messages of the template's queues. Nothing receives them but the host's control endpoint. */
export class Queues {
  private readonly messages: Record<string, QueueMessage[]>;

  constructor(
    /** Queue name by ARN. */
    private readonly names: ReadonlyMap<string, string>,
    private readonly file: JsonFile<Record<string, QueueMessage[]>>,
  ) {
    this.messages = file.read() ?? {};
  }

  send(queueArn: string, body: unknown): void {
    const name = this.names.get(queueArn);
    if (!name) throw new Error(`There is no queue ${queueArn}.`);
    (this.messages[name] ??= []).push({ messageId: randomUUID(), sentAt: new Date().toISOString(), body });
    this.file.write(this.messages);
  }

  /** By queue name, oldest first. */
  all(): Record<string, readonly QueueMessage[]> {
    return Object.fromEntries([...this.names.values()].map((name) => [name, this.messages[name] ?? []]));
  }
}
