import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  InvalidMessageContents,
  QueueDoesNotExist,
  ReceiptHandleIsInvalid,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { arn } from '../../../../local/cloud/template/account';
import { queueOperations } from '../../../../local/services/sqs/operations';
import { Queues } from '../../../../local/services/sqs/queues';
import { openEndpoint, type TestEndpoint } from '../../cloud/endpoint/endpoint';
import { ADMINISTRATOR } from '../../iam';
import { resolved } from '../../resources';

const RESOURCES = resolved({
  One: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'one', VisibilityTimeout: 45 } },
  Other: { Type: 'AWS::SQS::Queue', Properties: {} },
  Fifo: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'orders.fifo', FifoQueue: true } },
});
const QueueUrl = RESOURCES[0]?.ref ?? '';

describe('SQS, called by the SDK', () => {
  let directory: string;
  let endpoint: TestEndpoint;
  let queues: Queues;
  let sqs: SQSClient;

  beforeAll(async () => {
    directory = mkdtempSync(path.join(tmpdir(), 'sqs-'));
    queues = new Queues(RESOURCES, directory);
    endpoint = await openEndpoint(queueOperations(queues));
    process.env.AWS_ENDPOINT_URL_SQS = endpoint.url;
    sqs = new SQSClient({
      region: 'us-east-1',
      useQueueUrlAsEndpoint: false,
      credentials: ADMINISTRATOR,
    });
  });
  afterAll(async () => {
    delete process.env.AWS_ENDPOINT_URL_SQS;
    await endpoint.close();
    rmSync(directory, { recursive: true });
  });

  const receive = async (own: object = {}) =>
    (await sqs.send(new ReceiveMessageCommand({ QueueUrl, ...own }))).Messages ?? [];

  it('keeps a message until the handle of its last receipt deletes it', async () => {
    const { MessageId } = await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{"größe":1}' }));
    expect(queues.all().one).toMatchObject([{ messageId: MessageId, body: { größe: 1 } }]);
    const [message] = await receive({ VisibilityTimeout: 0 });
    expect(message).toMatchObject({ MessageId, Body: '{"größe":1}' });
    const [again] = await receive();
    expect(again?.ReceiptHandle).not.toBe(message?.ReceiptHandle);
    expect(await receive()).toEqual([]);
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: again?.ReceiptHandle }));
    expect(queues.all().one).toEqual([]);
  });

  it('refuses characters that SQS does, in a batch only the messages that have them', async () => {
    await expect(sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '"\uFFFF"' }))).rejects.toThrow(
      InvalidMessageContents,
    );
    const QueueUrlOfOther = RESOURCES[1]?.ref ?? '';
    const { Successful, Failed } = await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: QueueUrlOfOther,
        Entries: ['\uFFFE', 'fine', '\u0001'].map((MessageBody, at) => ({ Id: String(at), MessageBody })),
      }),
    );
    expect(Successful?.map(({ Id }) => Id)).toEqual(['1']);
    expect(Failed?.map(({ Id, Code }) => `${Id} ${Code}`)).toEqual([
      '0 InvalidMessageContents',
      '2 InvalidMessageContents',
    ]);
  });

  it('delivers messages of other services of the cloud', async () => {
    queues.send(RESOURCES[0]?.attributes.Arn ?? '', { from: 'the cloud' });
    const [message] = await receive({ WaitTimeSeconds: 1 });
    expect(JSON.parse(message?.Body ?? '')).toEqual({ from: 'the cloud' });
  });

  it('sends messages in batches, and to the groups of a FIFO queue', async () => {
    const fifo = RESOURCES[2]?.ref ?? '';
    const entry = (id: string, group: string) => ({
      Id: id,
      MessageBody: id,
      MessageGroupId: group,
      MessageDeduplicationId: id,
    });
    const Entries = [entry('a1', 'a'), entry('a2', 'a'), entry('b1', 'b')];
    const { Successful } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: fifo, Entries }));
    expect(Successful?.map(({ Id }) => Id)).toEqual(['a1', 'a2', 'b1']);
    await sqs.send(new SendMessageBatchCommand({ QueueUrl: fifo, Entries }));
    const [first] = await receive({ QueueUrl: fifo });
    expect(first?.Body).toBe('a1');
    expect((await receive({ QueueUrl: fifo, MaxNumberOfMessages: 10 })).map(({ Body }) => Body)).toEqual([
      'b1',
    ]);
    await sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: fifo,
        ReceiptHandle: first?.ReceiptHandle,
        VisibilityTimeout: 0,
      }),
    );
    expect((await receive({ QueueUrl: fifo, MaxNumberOfMessages: 10 })).map(({ Body }) => Body)).toEqual([
      'a1',
      'a2',
    ]);
  });

  it('requires a group and a deduplication id in a FIFO queue', async () => {
    const fifo = { QueueUrl: RESOURCES[2]?.ref ?? '', MessageBody: 'x' };
    await expect(sqs.send(new SendMessageCommand(fifo))).rejects.toThrow('MessageGroupId');
    await expect(sqs.send(new SendMessageCommand({ ...fifo, MessageGroupId: 'a' }))).rejects.toThrow(
      'ContentBasedDeduplication',
    );
    await expect(
      sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x', MessageDeduplicationId: 'x' })),
    ).rejects.toThrow('not valid for this queue type');
  });

  it('delays a message of a standard queue, and refuses the delay of a single message of a FIFO queue', async () => {
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'later', DelaySeconds: 900 }));
    expect((await receive()).map(({ Body }) => Body)).not.toContain('later');
    expect(queues.all().one).toContainEqual(expect.objectContaining({ body: 'later' }));
    const ids = { MessageGroupId: 'a', MessageDeduplicationId: 'delayed' };
    const fifo = { QueueUrl: RESOURCES[2]?.ref ?? '', MessageBody: 'x', DelaySeconds: 1, ...ids };
    await expect(sqs.send(new SendMessageCommand(fifo))).rejects.toThrow('DelaySeconds');
    const tooLong = new SendMessageCommand({ QueueUrl, MessageBody: 'x', DelaySeconds: 901 });
    await expect(sqs.send(tooLong)).rejects.toThrow();
  });

  it('reports problems as the errors of SQS', async () => {
    await expect(
      sqs.send(new SendMessageCommand({ QueueUrl: `${QueueUrl}x`, MessageBody: 'a' })),
    ).rejects.toBeInstanceOf(QueueDoesNotExist);
    await expect(
      sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: 'none' })),
    ).rejects.toBeInstanceOf(ReceiptHandleIsInvalid);
    await expect(receive({ MaxNumberOfMessages: 11 })).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
    await expect(sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '' }))).rejects.toThrow();
  });
});

it('refuses a dead-letter queue of another kind than its queue', () => {
  const queues = resolved({
    Failures: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'failures' } },
    Fifo: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        FifoQueue: true,
        RedrivePolicy: { deadLetterTargetArn: arn('sqs', 'failures'), maxReceiveCount: 2 },
      },
    },
  });
  const directory = mkdtempSync(path.join(tmpdir(), 'queues-'));
  expect(() => new Queues(queues, directory)).toThrow(/Fifo.*must be a FIFO queue/);
  rmSync(directory, { recursive: true });
});
