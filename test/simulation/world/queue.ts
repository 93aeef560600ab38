import { BatchRequestTooLong } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import type { InvocationEnd } from './functions';

interface Message {
  readonly id: string;
  readonly body: string;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  readonly sentAt: number;
  visibleAt: number;
  receives: number;
  isBusy: boolean;
}

/** A message as SQS takes it. */
export interface MessageInput {
  readonly Id?: string;
  readonly MessageBody?: string;
  readonly MessageGroupId?: string;
  readonly MessageDeduplicationId?: string;
}

export interface QueueOptions {
  readonly name: string;
  readonly isFifo: boolean;
  readonly visibilityMs: number;
  readonly maxConcurrency: number;
  readonly now: () => number;
  /** True if an operator receives the messages. */
  readonly isReceived?: boolean;
  /** Absent if no function reads the queue in the simulation. */
  readonly invoke?: (event: object, onEnd: (end: InvocationEnd) => void) => void;
}

const DEDUPLICATION_MS = 5 * 60_000;
const MAX_BATCH = 10;

/** A queue of SQS with the function that it invokes, one message at a time. */
export class SimulatedQueue {
  private messages: Message[] = [];
  private readonly sentIds = new Map<string, number>();
  private sent = 0;

  constructor(readonly options: QueueOptions) {}

  /** The number of messages that were not processed. */
  get length(): number {
    return this.messages.length;
  }

  /** The time at which the next message becomes visible. */
  get nextVisible(): number {
    const { now } = this.options;
    const later = this.messages.filter(({ isBusy, visibleAt }) => !isBusy && visibleAt > now());
    return later.reduce((first, { visibleAt }) => Math.min(first, visibleAt), Infinity);
  }

  /** Whether an operator would receive a message now. */
  get hasVisible(): boolean {
    const { now } = this.options;
    return this.messages.some(({ visibleAt }) => visibleAt <= now());
  }

  send(input: MessageInput): void {
    const { now, isFifo, isReceived, name, invoke } = this.options;
    const {
      MessageBody: body = '',
      MessageGroupId: groupId,
      MessageDeduplicationId: deduplicationId,
    } = input;
    if (isFifo && deduplicationId !== undefined) {
      const before = this.sentIds.get(deduplicationId);
      if (before !== undefined && now() - before < DEDUPLICATION_MS) return;
      this.sentIds.set(deduplicationId, now());
    }
    if (!invoke && !isReceived) return;
    const id = `${name}-${++this.sent}`;
    const times = { sentAt: now(), visibleAt: now() };
    this.messages.push({ id, body, groupId, deduplicationId, ...times, receives: 0, isBusy: false });
  }

  /** Sends a batch, of which SQS may refuse a part. */
  sendBatch(entries: readonly MessageInput[], isRefused: (entry: MessageInput) => boolean): object {
    if (entries.length > MAX_BATCH) throw new BatchRequestTooLong({ message: 'Too long', $metadata: {} });
    const refused = entries.filter(isRefused);
    for (const entry of entries) if (!refused.includes(entry)) this.send(entry);
    return { Failed: refused.map(({ Id }) => ({ Id, SenderFault: false, Code: 'InternalError' })) };
  }

  /** Receives messages, and hides them. */
  receive(seconds: number): object {
    const { now } = this.options;
    const received = this.messages.filter(({ visibleAt }) => visibleAt <= now()).slice(0, MAX_BATCH);
    for (const message of received) message.visibleAt = now() + seconds * 1_000;
    return { Messages: received.map(({ id, body }) => ({ Body: body, ReceiptHandle: id })) };
  }

  remove(receiptHandle: string): void {
    this.messages = this.messages.filter(({ id }) => id !== receiptHandle);
  }

  hide(receiptHandle: string, seconds: number): void {
    const message = this.messages.find(({ id }) => receiptHandle === id);
    if (message) message.visibleAt = this.options.now() + seconds * 1_000;
  }

  /** Returns the deliveries that are possible now. A group of a FIFO queue has one message at a time. */
  deliveries(): { readonly label: string; readonly run: () => void }[] {
    const { now, invoke, isFifo, name, maxConcurrency } = this.options;
    if (!invoke) return [];
    const busy = this.messages.filter(({ isBusy }) => isBusy);
    if (busy.length >= maxConcurrency) return [];
    const groups = new Set<string | undefined>();
    return this.messages.flatMap((message) => {
      const isBlocked = isFifo && groups.has(message.groupId);
      groups.add(message.groupId);
      if (isBlocked || message.isBusy || message.visibleAt > now()) return [];
      return [{ label: `${name} delivers ${message.id}`, run: () => this.deliver(message) }];
    });
  }

  private deliver(message: Message): void {
    const { now, visibilityMs, invoke } = this.options;
    message.isBusy = true;
    message.receives++;
    message.visibleAt = now() + visibilityMs;
    invoke?.({ Records: [recordOf(message)] }, (end) => {
      message.isBusy = false;
      if (isProcessed(end)) this.messages = this.messages.filter((other) => other !== message);
      // Lambda makes the messages of a function that threw visible after their timeout.
    });
  }
}

const recordOf = ({ id, body, groupId, receives, sentAt }: Message): SQSRecord =>
  ({
    messageId: id,
    receiptHandle: id,
    body,
    eventSource: 'aws:sqs',
    attributes: {
      ApproximateReceiveCount: String(receives),
      SentTimestamp: String(sentAt),
      ...(groupId !== undefined && { MessageGroupId: groupId }),
    },
  }) as SQSRecord;

function isProcessed(end: InvocationEnd): boolean {
  if (end.kind !== 'returned') return false;
  const { batchItemFailures = [] } = (end.result ?? {}) as Partial<SQSBatchResponse>;
  return batchItemFailures.length === 0;
}
