import { createHash } from 'node:crypto';
import * as z from 'zod';
import {
  type AwsOperation,
  type AwsOperations,
  type Operation,
  readInput,
} from '../../cloud/endpoint/operation';
import type { Faults } from '../../cloud/faults/faults';
import { ServiceError } from '../../cloud/endpoint/service-error';
import { arn } from '../../cloud/template/account';
import type { Queue, ReceivedMessage } from './queue';
import type { Queues } from './queues';

const LARGEST_BODY = 1024 * 1024;
const INVALID = 'InvalidParameterValue';

const SendMessage = z.object({ MessageBody: z.string().min(1) });
const ReceiveMessage = z.object({
  MaxNumberOfMessages: z.number().int().min(1).max(10).default(1),
  WaitTimeSeconds: z.number().int().min(0).max(20).default(0),
  VisibilityTimeout: z.number().int().min(0).max(43_200).optional(),
});
const DeleteMessage = z.object({ ReceiptHandle: z.string() });

/** Returns the message operations of SQS's JSON protocol. Messages have no attributes of their own. */
export function queueOperations(queues: Queues, faults?: Faults): AwsOperations {
  const operations: Record<string, Operation> = {
    'AmazonSQS.SendMessage': ({ input }) => {
      const { MessageBody } = readInput(SendMessage, input, INVALID);
      if (Buffer.byteLength(MessageBody) > LARGEST_BODY)
        throw new ServiceError(
          400,
          INVALID,
          'One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.',
        );
      const { messageId } = queueAt(queues, input).send(MessageBody);
      return { MessageId: messageId, MD5OfMessageBody: md5(MessageBody) };
    },
    'AmazonSQS.ReceiveMessage': async ({ caller, input }) => {
      const settings = readInput(ReceiveMessage, input, INVALID);
      const site = { function: caller.name, operation: 'sqs:Receive', text: () => JSON.stringify(input) };
      // A standard queue delivers a message at least once.
      const fault = caller.role && faults?.take(site, ['duplicate']);
      const hiddenSeconds = fault ? 0 : settings.VisibilityTimeout;
      const messages = await queueAt(queues, input).receive(
        settings.MaxNumberOfMessages,
        settings.WaitTimeSeconds * 1000,
        hiddenSeconds === undefined ? undefined : hiddenSeconds * 1000,
      );
      return messages.length > 0 ? { Messages: messages.map(shown) } : {};
    },
    'AmazonSQS.DeleteMessage': ({ input }) => {
      const { ReceiptHandle } = readInput(DeleteMessage, input, INVALID);
      if (queueAt(queues, input).delete(ReceiptHandle)) return {};
      throw new ServiceError(
        400,
        'ReceiptHandleIsInvalid',
        `The input receipt handle "${ReceiptHandle}" is not a valid receipt handle.`,
      );
    },
  };
  const authorized = Object.entries(operations).map(([name, run]): [string, AwsOperation] => [
    name,
    // SQS writes actions in lower case in its refusals.
    {
      permission: ({ input }) => ({
        action: name.replace('AmazonSQS.', 'sqs:').toLowerCase(),
        resource: queueArn(input),
      }),
      run,
    },
  ]);
  return Object.fromEntries(authorized);
}

/** The URL of a queue ends in the account and the name. */
function queueArn(input: unknown): string {
  const { QueueUrl = '' } = input as { QueueUrl?: string };
  return arn('sqs', QueueUrl.split('/').pop() ?? '');
}

function queueAt(queues: Queues, input: unknown): Queue {
  const { QueueUrl = '' } = input as { QueueUrl?: string };
  const queue = queues.at(QueueUrl);
  if (queue) return queue;
  throw new ServiceError(400, 'com.amazonaws.sqs#QueueDoesNotExist', 'The specified queue does not exist.');
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

/** The SDK compares it with the hash that it computes. */
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
