import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { requestTimeouts } from '../../request-timeouts';
import { retry } from '../../retry/retry';

/** A received message. It is hidden from other receivers for a while, and reappears unless it is removed. */
export interface ReceivedMessage {
  readonly body: unknown;
  readonly remove: () => Promise<void>;
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

  async send(message: T): Promise<void> {
    const command = new SendMessageCommand({ QueueUrl: this.url, MessageBody: JSON.stringify(message) });
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

/** Returns undefined if the body is not JSON, which this service never sends. */
function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
