import { randomUUID } from 'node:crypto';

export interface StoredMessage {
  readonly messageId: string;
  /** RFC 3339. */
  readonly sentAt: string;
  readonly body: string;
}

export interface ReceivedMessage extends StoredMessage {
  /** Identifies this receipt. Only the handle of the last receipt deletes the message. */
  readonly receiptHandle: string;
  readonly receiveCount: number;
}

export interface QueueSettings {
  readonly name: string;
  readonly visibilityTimeoutMs: number;
  readonly retentionMs: number;
}

interface Receipt {
  readonly handle: string;
  readonly count: number;
  /** Milliseconds since the epoch. */
  readonly hiddenUntil: number;
}

/** A standard queue. A received message is hidden for a while, and comes back unless it is deleted. */
export class Queue {
  private messages: StoredMessage[];
  private readonly receipts = new Map<string, Receipt>();
  private waiting: (() => void)[] = [];

  constructor(
    readonly settings: QueueSettings,
    stored: readonly StoredMessage[],
    /** Receives the messages of the queue whenever they change. */
    private readonly onChange: (messages: readonly StoredMessage[]) => void,
    private readonly now: () => number = Date.now,
  ) {
    this.messages = [...stored];
  }

  send(body: string): StoredMessage {
    const sentAt = new Date(this.now()).toISOString();
    const message = { messageId: randomUUID(), sentAt, body };
    this.messages.push(message);
    this.onChange(this.messages);
    for (const wake of this.waiting.splice(0)) wake();
    return message;
  }

  /** Returns at most `limit` visible messages, oldest first. Waits up to `waitMs` if there are none. */
  async receive(limit: number, waitMs: number, hiddenMs?: number): Promise<ReceivedMessage[]> {
    const end = this.now() + waitMs;
    for (;;) {
      const received = this.take(limit, hiddenMs ?? this.settings.visibilityTimeoutMs);
      const left = end - this.now();
      if (received.length > 0 || left <= 0) return received;
      await this.nextMessage(left);
    }
  }

  /** Deletes a message. Returns false if the handle is malformed. */
  delete(receiptHandle: string): boolean {
    const messageId = messageOf(receiptHandle);
    if (messageId === undefined) return false;
    if (this.receipts.get(messageId)?.handle !== receiptHandle) return true;
    this.receipts.delete(messageId);
    this.messages = this.messages.filter((message) => message.messageId !== messageId);
    this.onChange(this.messages);
    return true;
  }

  /** Returns all messages that are not deleted, oldest first. */
  all(): readonly StoredMessage[] {
    return this.messages;
  }

  private take(limit: number, hiddenMs: number): ReceivedMessage[] {
    const now = this.now();
    const kept = this.messages.filter(({ sentAt }) => Date.parse(sentAt) + this.settings.retentionMs > now);
    if (kept.length < this.messages.length) this.onChange((this.messages = kept));
    return this.messages
      .filter(({ messageId }) => (this.receipts.get(messageId)?.hiddenUntil ?? 0) <= now)
      .slice(0, limit)
      .map((message) => {
        const handle = `${message.messageId}#${randomUUID()}`;
        const count = (this.receipts.get(message.messageId)?.count ?? 0) + 1;
        this.receipts.set(message.messageId, { handle, count, hiddenUntil: now + hiddenMs });
        return { ...message, receiptHandle: handle, receiveCount: count };
      });
  }

  /** Waits until a message is sent or becomes visible again, or the time is up. */
  private nextMessage(longestMs: number): Promise<void> {
    const now = this.now();
    const back = [...this.receipts.values()]
      .map(({ hiddenUntil }) => hiddenUntil - now)
      .filter((ms) => ms > 0);
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.min(longestMs, ...back));
      this.waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

const messageOf = (handle: string): string | undefined => /^([0-9a-f-]{36})#[0-9a-f-]{36}$/.exec(handle)?.[1];
