import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';

/** A message that was received, and is hidden from others for a while; without `remove` it comes back. */
export interface ReceivedMessage {
  readonly body: unknown;
  readonly remove: () => Promise<void>;
}

const MAX_MESSAGES = 10;
/** Long enough to act on each of those that came at once. */
const VISIBILITY_TIMEOUT_SECONDS = 300;

let client: SQSClient | undefined;
// The queue's URL names the region's endpoint, and nothing that the SDK's own configuration does not.
const sqs = (): SQSClient => (client ??= new SQSClient({ useQueueUrlAsEndpoint: false }));

/** A queue of JSON messages. */
export class MessageQueue<T> {
  constructor(
    private readonly url: string,
    /** How long a look into an empty queue takes. A long poll asks all of SQS's servers: a short one may miss messages. */
    private readonly waitSeconds = 1,
  ) {}

  async send(message: T): Promise<void> {
    await sqs().send(new SendMessageCommand({ QueueUrl: this.url, MessageBody: JSON.stringify(message) }));
  }

  /** A few of the messages; none where the queue is empty. */
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

/** Undefined for what somebody else put there. */
function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
