import { randomUUID } from 'node:crypto';
import { Backlog } from './backlog';
import type { MessageLog, StoredMessage } from './message-log';

export interface ReceivedMessage extends StoredMessage {
  /** Identifies this receipt. Only the handle of the last receipt deletes the message. */
  readonly receiptHandle: string;
  readonly receiveCount: number;
}

export interface QueueSettings {
  readonly name: string;
  readonly visibilityTimeoutMs: number;
  readonly retentionMs: number;
  readonly fifo?: { readonly deduplicatesByContent: boolean };
  /** Moves a message to another queue if it was received this often and was not deleted. */
  readonly redrive?: { readonly maxReceiveCount: number; readonly move: (message: StoredMessage) => void };
}

/**
 * The time for which a FIFO queue accepts a message with the same deduplication id, but does not deliver it.
 */
const DEDUPLICATION_MS = 5 * 60_000;

interface Receipt {
  readonly handle: string;
  readonly count: number;
  /** Milliseconds since the epoch. */
  readonly hiddenUntil: number;
}

/**
 * A queue. A received message is hidden for a while, and comes back unless it is deleted. A FIFO queue
 * delivers no message of a group while an earlier one is hidden.
 */
export class Queue {
  private readonly messages = new Backlog();
  /** The time at which the next message may expire, in milliseconds since the epoch. */
  private nextExpiry = 0;
  private readonly receipts = new Map<string, Receipt>();
  private readonly sent = new Map<string, { readonly message: StoredMessage; readonly until: number }>();
  private waiting: (() => void)[] = [];

  constructor(
    readonly settings: QueueSettings,
    /** Contains the messages of the queue, and every change of them. */
    private readonly log: MessageLog,
    private readonly now: () => number = Date.now,
  ) {
    for (const message of log.all()) this.messages.add(message);
  }

  /** Adds a message that becomes visible after a delay. If the queue is started again, the delay is over. */
  send(
    body: string,
    ids: Pick<StoredMessage, 'groupId' | 'deduplicationId'> = {},
    delayMs = 0,
  ): StoredMessage {
    const duplicate = this.duplicateOf(ids.deduplicationId);
    if (duplicate) return duplicate;
    const message = { messageId: randomUUID(), sentAt: new Date(this.now()).toISOString(), body, ...ids };
    if (this.settings.fifo && ids.deduplicationId !== undefined)
      this.sent.set(ids.deduplicationId, { message, until: this.now() + DEDUPLICATION_MS });
    if (delayMs > 0)
      this.receipts.set(message.messageId, { handle: '', count: 0, hiddenUntil: this.now() + delayMs });
    this.add(message);
    return message;
  }

  /** Adds a message of another queue, which keeps its ID and its age. */
  add(message: StoredMessage): void {
    this.messages.add(message);
    this.nextExpiry = Math.min(this.nextExpiry, this.expiryOf(message));
    this.log.add(message);
    this.wake();
  }

  /**
   * Returns at most `limit` visible messages, oldest first. Waits up to `waitMs`, or until `signal` aborts,
   * if there are none.
   */
  async receive(
    limit: number,
    waitMs: number,
    hiddenMs?: number,
    signal?: AbortSignal,
  ): Promise<ReceivedMessage[]> {
    const end = this.now() + waitMs;
    for (;;) {
      if (signal?.aborted) return [];
      const received = this.take(limit, hiddenMs ?? this.settings.visibilityTimeoutMs);
      const left = end - this.now();
      if (received.length > 0 || left <= 0) return received;
      await this.nextMessage(left, signal);
    }
  }

  /** Deletes a message. Returns false if the handle is malformed. */
  delete(receiptHandle: string): boolean {
    const messageId = messageOf(receiptHandle);
    if (messageId === undefined) return false;
    if (this.receipts.get(messageId)?.handle !== receiptHandle) return true;
    this.receipts.delete(messageId);
    this.messages.delete(messageId);
    this.log.delete([messageId]);
    // The next messages of its group become visible.
    if (this.settings.fifo) this.wake();
    return true;
  }

  /**
   * Hides a received message for another time from now on. Returns false if the handle is not that of a
   * hidden one.
   */
  hide(receiptHandle: string, hiddenMs: number): boolean {
    const messageId = messageOf(receiptHandle) ?? '';
    const receipt = this.receipts.get(messageId);
    if (receipt?.handle !== receiptHandle || receipt.hiddenUntil <= this.now()) return false;
    this.receipts.set(messageId, { ...receipt, hiddenUntil: this.now() + hiddenMs });
    this.wake();
    return true;
  }

  /** Multiplies the rest of the time for which a received message is hidden. */
  shorten(receiptHandle: string, factor: number): void {
    const receipt = this.receipts.get(messageOf(receiptHandle) ?? '');
    if (receipt) this.hide(receiptHandle, (receipt.hiddenUntil - this.now()) * factor);
  }

  /** Returns all messages that are not deleted, oldest first. */
  all(): readonly StoredMessage[] {
    return this.messages.all();
  }

  /** Returns how many messages are visible and hidden, and the age of the oldest one in seconds. */
  state(): { visible: number; hidden: number; oldestSeconds: number } {
    const now = this.now();
    const hidden = this.hiddenMessages(now).length;
    const sentAt = this.all().map((message) => Date.parse(message.sentAt));
    const oldest = sentAt.reduce((one, other) => Math.min(one, other), now);
    return { visible: this.messages.size - hidden, hidden, oldestSeconds: (now - oldest) / 1_000 };
  }

  private duplicateOf(deduplicationId: string | undefined): StoredMessage | undefined {
    const now = this.now();
    for (const [id, { until }] of this.sent) {
      // Later messages expire later.
      if (until > now) break;
      this.sent.delete(id);
    }
    return deduplicationId === undefined ? undefined : this.sent.get(deduplicationId)?.message;
  }

  private take(limit: number, hiddenMs: number): ReceivedMessage[] {
    const now = this.now();
    this.dropExpired(now);
    this.moveUndeliverable(now);
    const taken: ReceivedMessage[] = [];
    const hidden = this.hiddenMessages(now);
    const visible = this.settings.fifo ? this.messages.ofOtherGroups(hidden) : this.messages.without(hidden);
    for (const message of visible) {
      if (taken.length === limit) break;
      const handle = `${message.messageId}#${randomUUID()}`;
      const count = (this.receipts.get(message.messageId)?.count ?? 0) + 1;
      this.receipts.set(message.messageId, { handle, count, hiddenUntil: now + hiddenMs });
      taken.push({ ...message, receiptHandle: handle, receiveCount: count });
    }
    return taken;
  }

  private hiddenMessages(now: number): StoredMessage[] {
    return this.receivedMessages(({ hiddenUntil }) => hiddenUntil > now);
  }

  private receivedMessages(matches: (receipt: Receipt) => boolean): StoredMessage[] {
    return [...this.receipts].flatMap(([messageId, receipt]) =>
      matches(receipt) ? (this.messages.get(messageId) ?? []) : [],
    );
  }

  private expiryOf({ sentAt }: StoredMessage): number {
    return Date.parse(sentAt) + this.settings.retentionMs;
  }

  private dropExpired(now: number): void {
    if (now < this.nextExpiry) return;
    const messages = this.all();
    this.remove(messages.filter((message) => this.expiryOf(message) <= now));
    this.nextExpiry = this.all()
      .map((message) => this.expiryOf(message))
      .reduce((one, other) => Math.min(one, other), Infinity);
  }

  /** Moves the visible messages that were received too often. */
  private moveUndeliverable(now: number): void {
    const { redrive } = this.settings;
    if (!redrive) return;
    const moved = this.receivedMessages(
      ({ count, hiddenUntil }) => count >= redrive.maxReceiveCount && hiddenUntil <= now,
    );
    for (const message of moved) redrive.move(message);
    this.remove(moved);
  }

  private remove(removed: readonly StoredMessage[]): void {
    if (removed.length === 0) return;
    const ids = removed.map(({ messageId }) => messageId);
    for (const id of ids) {
      this.receipts.delete(id);
      this.messages.delete(id);
    }
    this.log.delete(ids);
  }

  private wake(): void {
    for (const wake of this.waiting.splice(0)) wake();
  }

  /** Waits until a message is sent or becomes visible again, or the time is up. */
  private nextMessage(longestMs: number, signal?: AbortSignal): Promise<void> {
    const now = this.now();
    const back = [...this.receipts.values()]
      .map(({ hiddenUntil }) => hiddenUntil - now)
      .filter((ms) => ms > 0);
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, Math.min(longestMs, ...back));
      signal?.addEventListener('abort', end);
      this.waiting.push(end);
    });
  }
}

const messageOf = (handle: string): string | undefined => /^([0-9a-f-]{36})#[0-9a-f-]{36}$/.exec(handle)?.[1];
