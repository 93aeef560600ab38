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
import { NO_KEYS } from '../kms/encryption-keys';
import { md5 } from './md5';
import type { StoredMessage } from './message-log';
import type { Queue, ReceivedMessage } from './queue';
import type { Queues } from './queues';

const LARGEST_BODY = 1024 * 1024;
const INVALID = 'InvalidParameterValue';
/** The characters of XML 1.0 without those that SQS refuses. A lone surrogate is refused, too. */
const ALLOWED_TEXT = /^[\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u;
const REFUSED_TEXT = {
  code: 'InvalidMessageContents',
  message:
    'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | [#x20-#xD7FF] | [#xE000-#xFFFD].',
} as const;

const SendMessage = z.object({
  MessageBody: z.string().min(1),
  MessageGroupId: z.string().min(1).max(128).optional(),
  MessageDeduplicationId: z.string().min(1).max(128).optional(),
  DelaySeconds: z.number().int().min(0).max(900).optional(),
});
const SendMessageBatch = z.object({
  Entries: z
    .array(SendMessage.extend({ Id: z.string().min(1).max(80) }))
    .min(1)
    .max(10),
});
const ChangeMessageVisibility = z.object({
  ReceiptHandle: z.string(),
  VisibilityTimeout: z.number().int().min(0).max(43_200),
});
const ReceiveMessage = z.object({
  MaxNumberOfMessages: z.number().int().min(1).max(10).default(1),
  WaitTimeSeconds: z.number().int().min(0).max(20).default(0),
  VisibilityTimeout: z.number().int().min(0).max(43_200).optional(),
});
const DeleteMessage = z.object({ ReceiptHandle: z.string() });

/** The permissions for the key of an encrypted queue: SQS verifies a new data key by decrypting it. */
export const KEY_ACTIONS: Readonly<Record<string, readonly string[]>> = {
  SendMessage: ['kms:Decrypt', 'kms:GenerateDataKey'],
  ReceiveMessage: ['kms:Decrypt'],
};

/** Returns the message operations of SQS's JSON protocol. Messages have no attributes of their own. */
export function queueOperations(queues: Queues, faults?: Faults, keys = NO_KEYS): AwsOperations {
  const operations: Record<string, Operation> = {
    'AmazonSQS.SendMessage': ({ input }) => {
      const sent = readInput(SendMessage, input, INVALID);
      assertSize(sent.MessageBody);
      if (!ALLOWED_TEXT.test(sent.MessageBody))
        throw new ServiceError(400, `com.amazonaws.sqs#${REFUSED_TEXT.code}`, REFUSED_TEXT.message);
      return sentResponse(send(queueAt(queues, input), sent));
    },
    'AmazonSQS.SendMessageBatch': ({ input }) => {
      const { Entries } = readInput(SendMessageBatch, input, INVALID);
      if (new Set(Entries.map(({ Id }) => Id)).size < Entries.length)
        throw new ServiceError(400, 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct', 'Id is not distinct.');
      assertSize(...Entries.map(({ MessageBody }) => MessageBody));
      const queue = queueAt(queues, input);
      const isAllowed = ({ MessageBody }: { MessageBody: string }) => ALLOWED_TEXT.test(MessageBody);
      return {
        Successful: Entries.filter(isAllowed).map((entry) => ({
          Id: entry.Id,
          ...sentResponse(send(queue, entry)),
        })),
        Failed: Entries.filter((entry) => !isAllowed(entry)).map(({ Id }) => ({
          ...{ Id, Code: REFUSED_TEXT.code, Message: REFUSED_TEXT.message, SenderFault: true },
        })),
      };
    },
    'AmazonSQS.ChangeMessageVisibility': ({ input }) => {
      const { ReceiptHandle, VisibilityTimeout } = readInput(ChangeMessageVisibility, input, INVALID);
      if (queueAt(queues, input).hide(ReceiptHandle, VisibilityTimeout * 1000)) return {};
      throw new ServiceError(
        400,
        'com.amazonaws.sqs#MessageNotInflight',
        `Value ${ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: Message is not in flight.`,
      );
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
      permission: ({ input }) => {
        const action = name.replace('AmazonSQS.', '').replace('SendMessageBatch', 'SendMessage');
        const resource = queueArn(input);
        const actions = KEY_ACTIONS[action] ?? [];
        return [
          { action: `sqs:${action}`.toLowerCase(), resource },
          ...keys.permissionsFor({ resource, actions, via: 'sqs' }),
        ];
      },
      run,
    },
  ]);
  return Object.fromEntries(authorized);
}

/**
 * Sends a message with the ids that its kind of queue requires. A standard queue accepts a group, which makes
 * it fair.
 */
function send(queue: Queue, message: z.output<typeof SendMessage>): StoredMessage {
  const { MessageBody, MessageGroupId: groupId, MessageDeduplicationId, DelaySeconds } = message;
  const { fifo } = queue.settings;
  if (!fifo) {
    if (MessageDeduplicationId !== undefined)
      throw invalidParameter(
        'MessageDeduplicationId',
        'The request include parameter that is not valid for this queue type',
      );
    return queue.send(MessageBody, { ...(groupId !== undefined && { groupId }) }, (DelaySeconds ?? 0) * 1000);
  }
  if (DelaySeconds !== undefined)
    throw invalidParameter(
      'DelaySeconds',
      'The request include parameter that is not valid for this queue type',
    );
  if (groupId === undefined)
    throw new ServiceError(400, 'MissingParameter', 'The request must contain the parameter MessageGroupId.');
  const deduplicationId =
    MessageDeduplicationId ?? (fifo.deduplicatesByContent ? md5(MessageBody) : undefined);
  if (deduplicationId === undefined)
    throw invalidParameter(
      'MessageDeduplicationId',
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
  return queue.send(MessageBody, { groupId, deduplicationId });
}

const invalidParameter = (name: string, reason: string): ServiceError =>
  new ServiceError(400, INVALID, `Value for parameter ${name} is invalid. Reason: ${reason}.`);

const sentResponse = ({ messageId, body }: StoredMessage) => ({
  MessageId: messageId,
  MD5OfMessageBody: md5(body),
});

/** Throws if all messages of a request together are too large. */
function assertSize(...bodies: string[]): void {
  if (bodies.reduce((sum, body) => sum + Buffer.byteLength(body), 0) <= LARGEST_BODY) return;
  throw new ServiceError(
    400,
    INVALID,
    'One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.',
  );
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
