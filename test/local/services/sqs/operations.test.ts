import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  DeleteMessageCommand,
  QueueDoesNotExist,
  ReceiptHandleIsInvalid,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { JsonFile } from '../../../../local/host/json-file';
import { queueOperations } from '../../../../local/services/sqs/operations';
import { Queues } from '../../../../local/services/sqs/queues';
import { openEndpoint, type TestEndpoint } from '../../cloud/endpoint/endpoint';
import { ADMINISTRATOR } from '../../iam';
import { resolved } from '../../resources';

const RESOURCES = resolved({
  One: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'one', VisibilityTimeout: 45 } },
  Other: { Type: 'AWS::SQS::Queue', Properties: {} },
});
const QueueUrl = RESOURCES[0]?.ref ?? '';

describe('SQS, called by the SDK', () => {
  let directory: string;
  let endpoint: TestEndpoint;
  let queues: Queues;
  let sqs: SQSClient;

  beforeAll(async () => {
    directory = mkdtempSync(path.join(tmpdir(), 'sqs-'));
    queues = new Queues(RESOURCES, new JsonFile(path.join(directory, 'queues.json')));
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

  it('delivers messages of other services of the cloud', async () => {
    queues.send(RESOURCES[0]?.attributes.Arn ?? '', { from: 'the cloud' });
    const [message] = await receive({ WaitTimeSeconds: 1 });
    expect(JSON.parse(message?.Body ?? '')).toEqual({ from: 'the cloud' });
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

it('refuses unsupported kinds of queues', () => {
  const fifo = resolved({ Fifo: { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } } });
  expect(() => new Queues(fifo, new JsonFile('/nowhere/queues.json'))).toThrow(/Fifo.*\n.*FIFO/);
});
