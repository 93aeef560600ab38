import { createHash } from 'node:crypto';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { requestTimeouts } from '../request-timeouts';
import { retry } from '../retry/retry';

/** A received message. It is hidden from other receivers for a while, and reappears unless it is removed. */
export interface ReceivedMessage {
  readonly body: unknown;
  readonly remove: () => Promise<void>;
}

/** The ids of a message of a FIFO queue. */
export interface MessageIds {
  /** The messages of a group are processed one after the other. */
  readonly groupId: string;
  /** The same body that is sent again with this id within five minutes is not delivered. */
  readonly deduplicationId: string;
}

export interface GroupedMessage<T> extends MessageIds {
  readonly body: T;
}

/** The longest delay of a message. */
export const MAX_DELAY_SECONDS = 900;

export interface DelayedMessage {
  readonly groupId: string;
  /** At most `MAX_DELAY_SECONDS`. @default 0 */
  readonly delaySeconds?: number;
}

const MAX_MESSAGES = 10;
/** The limit of all messages of a request is 262,144 bytes. */
const MAX_REQUEST_BYTES = 250_000;
/** Long enough to process all messages of one request. */
const VISIBILITY_TIMEOUT_SECONDS = 300;
/** Longer than a request waits at an empty queue. */
const REQUEST_TIMEOUT_MS = 5_000;

let client: SQSClient | undefined;
const sqs = (): SQSClient =>
  (client ??= new SQSClient({
    // The SDK's configuration already has the endpoint of the queue's region.
    useQueueUrlAsEndpoint: false,
    // `retry` repeats requests. A message may arrive twice anyway.
    maxAttempts: 1,
    requestHandler: requestTimeouts(REQUEST_TIMEOUT_MS),
  }));

/** A queue of JSON messages. */
export class MessageQueue<T> {
  constructor(
    private readonly url: string,
    /**
     * The seconds for which a request waits at an empty queue. Without a wait, SQS may miss messages on some
     * servers.
     */
    private readonly waitSeconds = 1,
  ) {}

  async send(message: T, ids?: MessageIds): Promise<void> {
    const MessageBody = bodyOf(message);
    const command = new SendMessageCommand({ QueueUrl: this.url, MessageBody, ...idsOf(ids, MessageBody) });
    await retry(() => sqs().send(command));
  }

  /**
   * Sends a message to a standard queue, which delivers it after a delay. SQS takes turns between groups if
   * one of them has a backlog.
   */
  async sendLater(message: T, { groupId, delaySeconds = 0 }: DelayedMessage): Promise<void> {
    const command = new SendMessageCommand({
      QueueUrl: this.url,
      MessageBody: bodyOf(message),
      MessageGroupId: groupId,
      ...(delaySeconds > 0 && { DelaySeconds: delaySeconds }),
    });
    await retry(() => sqs().send(command));
  }

  /**
   * Sends messages to a FIFO queue in their order. Returns the positions of those that were not accepted. A
   * later message of the same group may have been accepted.
   */
  async sendAll(messages: readonly GroupedMessage<T>[]): Promise<number[]> {
    const failed: number[] = [];
    for (const Entries of requestsOf(messages)) {
      const command = new SendMessageBatchCommand({ QueueUrl: this.url, Entries });
      const { Failed = [] } = await retry(() => sqs().send(command));
      failed.push(...Failed.map(({ Id }) => Number(Id)));
    }
    return failed;
  }

  /**
   * Sends messages to a FIFO queue, the next one of a group only after the one before it was accepted.
   * Returns the positions of those that were not accepted. They are the last ones of their groups.
   */
  async sendInOrder(messages: readonly GroupedMessage<T>[]): Promise<number[]> {
    let waiting = [...messages.keys()];
    const failed: number[] = [];
    while (waiting.length > 0) {
      const groups = new Set<string>();
      const isFirst = (at: number): boolean => {
        const groupId = messages[at]?.groupId ?? '';
        return !groups.has(groupId) && groups.add(groupId).size > 0;
      };
      const round = waiting.filter(isFirst);
      const refused = await this.sendAll(round.flatMap((at) => messages[at] ?? []));
      const refusedGroups = new Set(refused.map((at) => messages[round[at] ?? 0]?.groupId));
      const isRefused = (at: number): boolean => refusedGroups.has(messages[at]?.groupId);
      failed.push(...waiting.filter(isRefused));
      waiting = waiting.filter((at) => !round.includes(at) && !isRefused(at));
    }
    return failed.sort((a, b) => a - b);
  }

  /** Lets a received message reappear after a time. */
  async hide(receiptHandle: string, seconds: number): Promise<void> {
    const command = new ChangeMessageVisibilityCommand({
      QueueUrl: this.url,
      ReceiptHandle: receiptHandle,
      VisibilityTimeout: seconds,
    });
    await retry(() => sqs().send(command));
  }

  /** Receives up to ten messages, which are hidden for a time; none if the queue is empty. */
  async receive(hiddenSeconds = VISIBILITY_TIMEOUT_SECONDS): Promise<ReceivedMessage[]> {
    const command = new ReceiveMessageCommand({
      QueueUrl: this.url,
      MaxNumberOfMessages: MAX_MESSAGES,
      VisibilityTimeout: hiddenSeconds,
      WaitTimeSeconds: this.waitSeconds,
    });
    const { Messages = [] } = await retry(() => sqs().send(command));
    return Messages.map(({ Body = '', ReceiptHandle }) => ({
      body: parseJson(Body),
      remove: async () => {
        await retry(() => sqs().send(new DeleteMessageCommand({ QueueUrl: this.url, ReceiptHandle })));
      },
    }));
  }
}

interface BatchEntry {
  readonly Id: string;
  readonly MessageBody: string;
  readonly MessageGroupId?: string;
  readonly MessageDeduplicationId?: string;
}

/** Returns the messages in requests that SQS accepts. */
function requestsOf<T>(messages: readonly GroupedMessage<T>[]): BatchEntry[][] {
  const requests: BatchEntry[][] = [];
  let bytes = Infinity;
  for (const [at, { body, ...ids }] of messages.entries()) {
    const MessageBody = bodyOf(body);
    const entry = { Id: String(at), MessageBody, ...idsOf(ids, MessageBody) };
    const size = Buffer.byteLength(MessageBody);
    const last = requests.at(-1);
    if (last && last.length < MAX_MESSAGES && bytes + size <= MAX_REQUEST_BYTES) {
      last.push(entry);
      bytes += size;
    } else {
      requests.push([entry]);
      bytes = size;
    }
  }
  return requests;
}

/**
 * Returns a message in JSON. SQS refuses U+FFFE and U+FFFF, which names of users and groups may contain.
 * Escaped, they are the same text.
 */
const bodyOf = (message: unknown): string =>
  JSON.stringify(message).replace(
    /[\uFFFE\uFFFF]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16)}`,
  );

/**
 * Work that is found again may be larger or smaller than before. SQS must not take it for the same message,
 * which it would not deliver.
 */
const idsOf = (ids: MessageIds | undefined, body: string) =>
  ids && {
    MessageGroupId: ids.groupId,
    MessageDeduplicationId: createHash('sha256').update(`${ids.deduplicationId}\n${body}`).digest('hex'),
  };

/** Returns undefined if the body is not JSON, which this service never sends. */
function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
