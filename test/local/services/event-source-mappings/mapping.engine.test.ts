import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { engineCall } from '../../../../local/services/dynamodb/engine/call';
import { ensureTable, type Table } from '../../../../local/services/dynamodb/table';
import { Faults } from '../../../../local/cloud/faults/faults';
import { JsonFile } from '../../../../local/host/json-file';
import { type Checkpoints, Mapping } from '../../../../local/services/event-source-mappings/mapping';
import type { MappingSettings } from '../../../../local/services/event-source-mappings/mapping-settings';
import { Queues } from '../../../../local/services/sqs/queues';
import { resolved } from '../../resources';
import type { Resource } from '../../../../local/cloud/template/resources';
import { session } from '../../../support/system/system';
import { eventually, HANG_LIMIT_MS } from '../../../support/jest/timeouts';
import { settings, streamFunction } from './fixtures';

const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:failures';
const call = engineCall(session().endpoints.AWS_ENDPOINT_URL_DYNAMODB ?? '');

function tableResource(name: string): Resource {
  return {
    ref: name,
    attributes: { StreamArn: `stream-of-${name}` },
    logicalId: name,
    type: 'AWS::DynamoDB::Table',
    stack: { name: 'S', template: {} as never, assets: new Map() },
    properties: {
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    },
  };
}

describe('Mapping', () => {
  let directory: string;
  let table: Table;
  let fn: ReturnType<typeof streamFunction>;
  let queues: Queues;
  let mapping: Mapping | undefined;

  beforeEach(async () => {
    directory = mkdtempSync(path.join(tmpdir(), 'mapping-'));
    table = await ensureTable(
      call,
      tableResource(`Stream${Date.now()}${Math.random().toString(36).slice(2, 8)}`),
      false,
    );
    fn = streamFunction();
    const resources = resolved({
      Failures: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'failures' } },
    });
    queues = new Queues(resources, path.join(directory, 'q'));
  });

  afterEach(async () => {
    await mapping?.stop();
    await fn.lambda.stop();
    await call('DynamoDB_20120810.DeleteTable', { TableName: table.name });
    rmSync(directory, { recursive: true });
  });

  function start(own: Partial<MappingSettings> = {}, isNewStream = true, faults?: Faults): void {
    mapping = new Mapping({
      settings: settings(own),
      lambda: fn.lambda,
      call,
      engineStreamArn: table.engineStreamArn ?? '',
      isNewStream,
      checkpoints: new JsonFile<Checkpoints>(path.join(directory, own.id ?? 'checkpoints')),
      sendFailure: (queueArn, message) => queues.send(queueArn, message),
      log: () => {},
      faults,
    });
    mapping.start();
  }

  const put = (key: string, pk = 'p') =>
    call('DynamoDB_20120810.PutItem', {
      TableName: table.name,
      Item: { pk: { S: pk }, sk: { S: key }, at: { N: String(Date.now()) } },
    });
  const delivered = (count: number) =>
    eventually(`${count} records`, () => fn.batches().join(' ').split(' ').filter(Boolean).length >= count);

  it('delivers records from before and after its start, in order', async () => {
    await put('a1');
    await put('a2');
    start();
    await delivered(2);
    await put('b1');
    await put('b2');
    await delivered(4);
    expect(fn.batches().join(' ')).toBe('a1 a2 b1 b2');
  });

  it('delivers only records that pass the filter', async () => {
    start({ patterns: ['{"dynamodb":{"Keys":{"pk":{"S":[{"suffix":"#LICENSE"}]}}}}'] });
    await put('other', 'd#USER');
    await put('wanted', 'd#LICENSE');
    await delivered(1);
    expect(fn.batches()).toEqual(['wanted']);
  });

  it('limits the size of batches', async () => {
    for (const key of ['a', 'b', 'c', 'd', 'e']) await put(key);
    start({ batchSize: 2 });
    await delivered(5);
    expect(fn.batches()).toEqual(['a b', 'c d', 'e']);
  });

  it('waits within its window for a batch to fill', async () => {
    start({ windowMs: HANG_LIMIT_MS, batchSize: 3 });
    await put('a');
    await put('b');
    await put('c');
    await delivered(3);
    expect(fn.batches()).toEqual(['a b c']);
  });

  it('reports a discarded batch to the failure queue, and continues', async () => {
    start({ failureQueueArn: QUEUE, maximumRetries: 0, bisects: true });
    await put('throw');
    await put('after');
    await delivered(2);
    await eventually('the message', () => queues.all().failures?.length === 1);
    expect(queues.all().failures?.[0]?.body).toMatchObject({
      DDBStreamBatchInfo: { batchSize: 1, streamArn: settings().streamArn },
    });
    await eventually('the record after it', () => fn.batches().at(-1) === 'after');
  });

  it('repeats and delays batches with injected faults', async () => {
    const faults = new Faults();
    for (const kind of ['duplicate', 'replay', 'late'] as const)
      faults.add({ share: 1, seed: 1, kinds: [kind], times: 1 });
    for (const key of ['a', 'b', 'c']) await put(key);
    start({ batchSize: 1 }, true, faults);
    await delivered(6);
    // The second batch arrives again with the one before it.
    expect(fn.batches()).toEqual(['a', 'a', 'b', 'a', 'b', 'c']);
  });

  it('continues after a restart without losing or repeating records', async () => {
    start();
    await put('a');
    await delivered(1);
    await mapping?.stop();
    await put('b');
    start({ startingPosition: 'LATEST' }, false);
    await delivered(2);
    // Repeated records would arrive before a later record.
    await put('c');
    await eventually('the last record', () => fn.batches().at(-1) === 'c');
    expect(fn.batches()).toEqual(['a', 'b', 'c']);
  });

  it('delivers an interrupted batch again after a restart', async () => {
    start();
    await put('throw');
    await delivered(1);
    await mapping?.stop();
    const before = fn.batches().length;
    start({ maximumRetries: 0 }, false);
    await eventually('the record again', () => fn.batches().length > before);
  });

  it('shares a stream with another mapping that has its own filter and checkpoints', async () => {
    const users = { patterns: ['{"dynamodb":{"Keys":{"pk":{"S":["users"]}}}}'] };
    const groups = { id: 'other', patterns: ['{"dynamodb":{"Keys":{"pk":{"S":["groups"]}}}}'] };
    start(users);
    await put('a', 'users');
    await put('b', 'groups');
    await put('c', 'users');
    await delivered(2);
    await mapping?.stop();
    // The second mapping starts at the beginning, because it has its own checkpoints.
    start(groups, false);
    await put('d', 'groups');
    await put('e', 'users');
    await delivered(4);
    await mapping?.stop();
    start(users, false);
    await delivered(5);
    // Repeated records would arrive before a later record.
    await put('f', 'users');
    await delivered(6);
    expect(fn.batches().join(' ')).toBe('a c b d e f');
  });

  it('retries a batch whose instance is killed', async () => {
    start();
    await put('slow');
    await eventually('the invocation', () => fn.lambda.instances().busy === 1 && fn.batches().length === 1);
    expect(await fn.lambda.kill()).toBe(1);
    await delivered(2);
    expect(fn.batches()).toEqual(['slow', 'slow']);
  });
});
