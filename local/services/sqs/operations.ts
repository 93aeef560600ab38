import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Queue, ReceivedMessage } from './queue';
import type { Queues } from './queues';
import { ServiceError } from '../../cloud/endpoint/service-error';

const LARGEST_BODY = 1024 * 1024;

const SendMessage = z.object({ MessageBody: z.string().min(1) });
const ReceiveMessage = z.object({
  MaxNumberOfMessages: z.number().int().min(1).max(10).default(1),
  WaitTimeSeconds: z.number().int().min(0).max(20).default(0),
  VisibilityTimeout: z.number().int().min(0).max(43_200).optional(),
});
const DeleteMessage = z.object({ ReceiptHandle: z.string() });

/** SQS's JSON protocol for the queues of the template, as far as messages go; no attributes of a message's own. */
export class Sqs {
  constructor(private readonly queues: Queues) {}

  /** `AmazonSQS.SendMessage` */
  sendMessage(input: object): object {
    const { MessageBody } = read(SendMessage, input);
    if (Buffer.byteLength(MessageBody) > LARGEST_BODY)
      throw invalid(
        'One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.',
      );
    const { messageId } = this.queue(input).send(MessageBody);
    return { MessageId: messageId, MD5OfMessageBody: md5(MessageBody) };
  }

  /** `AmazonSQS.ReceiveMessage` */
  async receiveMessage(input: object): Promise<object> {
    const { MaxNumberOfMessages, WaitTimeSeconds, VisibilityTimeout } = read(ReceiveMessage, input);
    const hiddenMs = VisibilityTimeout === undefined ? undefined : VisibilityTimeout * 1000;
    const messages = await this.queue(input).receive(MaxNumberOfMessages, WaitTimeSeconds * 1000, hiddenMs);
    return messages.length > 0 ? { Messages: messages.map(shown) } : {};
  }

  /** `AmazonSQS.DeleteMessage` */
  deleteMessage(input: object): object {
    const { ReceiptHandle } = read(DeleteMessage, input);
    if (!this.queue(input).delete(ReceiptHandle))
      throw new ServiceError(
        400,
        'ReceiptHandleIsInvalid',
        `The input receipt handle "${ReceiptHandle}" is not a valid receipt handle.`,
      );
    return {};
  }

  private queue(input: object): Queue {
    const { QueueUrl = '' } = input as { QueueUrl?: string };
    const queue = this.queues.at(QueueUrl);
    if (queue) return queue;
    throw new ServiceError(400, 'com.amazonaws.sqs#QueueDoesNotExist', 'The specified queue does not exist.');
  }
}

const shown = ({ messageId, body, receiptHandle, sentAt, receiveCount }: ReceivedMessage) => ({
  MessageId: messageId,
  ReceiptHandle: receiptHandle,
  MD5OfBody: md5(body),
  Body: body,
  Attributes: {
    SentTimestamp: String(Date.parse(sentAt)),
    ApproximateReceiveCount: String(receiveCount),
  },
});

/** The SDK compares it with its own. */
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

function read<T>(schema: z.ZodType<T>, input: object): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw invalid(z.prettifyError(parsed.error));
}

const invalid = (message: string) => new ServiceError(400, 'InvalidParameterValue', message);
