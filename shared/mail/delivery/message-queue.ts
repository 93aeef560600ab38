import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';

/** A received message. It is hidden from other receivers for a while, and reappears unless it is removed. */
export interface ReceivedMessage {
  readonly body: unknown;
  readonly remove: () => Promise<void>;
}

const MAX_MESSAGES = 10;
/** Long enough to process all messages of one request. */
const VISIBILITY_TIMEOUT_SECONDS = 300;

let client: SQSClient | undefined;
// The SDK's configuration already has the endpoint of the queue's region.
const sqs = (): SQSClient => (client ??= new SQSClient({ useQueueUrlAsEndpoint: false }));

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
    await sqs().send(new SendMessageCommand({ QueueUrl: this.url, MessageBody: JSON.stringify(message) }));
  }

  /** Receives up to ten messages; none if the queue is empty. */
  async receive(): Promise<ReceivedMessage[]> {
    const { Messages = [] } = await sqs().send(
      new ReceiveMessageCommand({
        QueueUrl: this.url,
        MaxNumberOfMessages: MAX_MESSAGES,
        VisibilityTimeout: VISIBILITY_TIMEOUT_SECONDS,
        WaitTimeSeconds: this.waitSeconds,
      }),
    );
    return Messages.map(({ Body = '', ReceiptHandle }) => ({
      body: parseJson(Body),
      remove: async () => {
        await sqs().send(new DeleteMessageCommand({ QueueUrl: this.url, ReceiptHandle }));
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
