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
  /** A message that is sent again with this id within five minutes is not delivered. */
  readonly deduplicationId: string;
}

export interface GroupedMessage<T> extends MessageIds {
  readonly body: T;
}

const MAX_MESSAGES = 10;
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
    const command = new SendMessageCommand({
      QueueUrl: this.url,
      MessageBody: JSON.stringify(message),
      ...idsOf(ids),
    });
    await retry(() => sqs().send(command));
  }

  /** Sends messages to a FIFO queue in their order. Returns the positions of those that were not accepted. */
  async sendAll(messages: readonly GroupedMessage<T>[]): Promise<number[]> {
    const failed: number[] = [];
    for (let first = 0; first < messages.length; first += MAX_MESSAGES) {
      const command = new SendMessageBatchCommand({
        QueueUrl: this.url,
        Entries: messages.slice(first, first + MAX_MESSAGES).map(({ body, ...ids }, at) => ({
          Id: String(first + at),
          MessageBody: JSON.stringify(body),
          ...idsOf(ids),
        })),
      });
      const { Failed = [] } = await retry(() => sqs().send(command));
      failed.push(...Failed.map(({ Id }) => Number(Id)));
    }
    return failed;
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

  /** Receives up to ten messages; none if the queue is empty. */
  async receive(): Promise<ReceivedMessage[]> {
    const command = new ReceiveMessageCommand({
      QueueUrl: this.url,
      MaxNumberOfMessages: MAX_MESSAGES,
      VisibilityTimeout: VISIBILITY_TIMEOUT_SECONDS,
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

const idsOf = (ids: MessageIds | undefined) =>
  ids && { MessageGroupId: ids.groupId, MessageDeduplicationId: ids.deduplicationId };

/** Returns undefined if the body is not JSON, which this service never sends. */
function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
