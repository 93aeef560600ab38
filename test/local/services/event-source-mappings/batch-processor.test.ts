import {
  BatchProcessor,
  Interrupted,
} from '../../../../local/services/event-source-mappings/batch-processor';
import {
  type FailureReport,
  failureMessage,
} from '../../../../local/services/event-source-mappings/failure-report';
import type { MappingSettings } from '../../../../local/services/event-source-mappings/mapping-settings';
import { InvocationThrottled } from '../../../../local/services/lambda/function-error';
import { sequenceNumber, type StreamRecord } from '../../../../local/services/event-source-mappings/record';
import { eventually } from '../../../support/jest/timeouts';
import { records, settings, streamFunction } from './fixtures';

const SHARD = { id: 'shard-1', streamArn: settings().streamArn };

describe('BatchProcessor', () => {
  const { lambda, batches, printed } = streamFunction();
  afterAll(() => lambda.stop());

  let reports: FailureReport[];
  let checkpoints: string[];
  let abort: AbortController;

  function processor(own: Partial<MappingSettings>): BatchProcessor {
    abort = new AbortController();
    reports = [];
    checkpoints = [];
    const handlers = {
      checkpoint: (record: StreamRecord) => void checkpoints.push(sequenceNumber(record)),
      discard: (report: FailureReport) => void reports.push(report),
    };
    return new BatchProcessor(settings(own), lambda, handlers, abort.signal, 5);
  }

  /** Processes a batch of these keys. Returns the invocations. */
  async function deliver(own: Partial<MappingSettings>, ...keys: string[]): Promise<string[]> {
    const before = batches().length;
    await processor(own).process(records(...keys), SHARD);
    await printed();
    return batches().slice(before);
  }

  const keysOf = (report: FailureReport | undefined) =>
    report?.records.map(({ dynamodb }) => (dynamodb.Keys.sk as { S: string }).S);

  it('delivers a batch once, and sets the checkpoint to its end', async () => {
    expect(await deliver({}, 'a', 'b', 'c')).toEqual(['a b c']);
    expect(checkpoints).toEqual(['102']);
  });

  it('retries a failed batch as a whole', async () => {
    expect(await deliver({}, 'a', 'twice1')).toEqual(['a twice1', 'a twice1']);
    expect(reports).toEqual([]);
  });

  it('retries a throttled batch as a whole, and counts no retry', async () => {
    const invoke = jest.spyOn(lambda, 'invoke');
    for (let throttles = 0; throttles < 3; throttles++)
      invoke.mockRejectedValueOnce(new InvocationThrottled('ConcurrentInvocationLimitExceeded'));
    try {
      expect(await deliver({ maximumRetries: 0, bisects: true }, 'a', 'b')).toEqual(['a b']);
    } finally {
      invoke.mockRestore();
    }
    expect(reports).toEqual([]);
    expect(checkpoints).toEqual(['101']);
  });

  it('discards a batch after its retries, and continues', async () => {
    expect(await deliver({ maximumRetries: 2 }, 'a', 'throw')).toEqual(['a throw', 'a throw', 'a throw']);
    expect(reports).toHaveLength(1);
    expect(reports[0]).toMatchObject({ condition: 'RetryAttemptsExhausted', invocations: 3, shard: SHARD });
    expect(checkpoints).toEqual(['101']);
  });

  it('bisects in order until the poison record is alone, without counting the splits', async () => {
    const invocations = await deliver({ bisects: true, maximumRetries: 1 }, 'a', 'b', 'throw', 'c');
    expect(invocations).toEqual(['a b throw c', 'a b', 'throw c', 'throw', 'throw', 'c']);
    expect(reports.map(keysOf)).toEqual([['throw']]);
    expect(checkpoints).toEqual(['101', '102', '103']);
  });

  it('continues at the first record that the function reports as failed', async () => {
    const own = { reportsItemFailures: true, bisects: true, maximumRetries: 1 };
    expect(await deliver(own, 'a', 'fail', 'b')).toEqual(['a fail b', 'fail b']);
    expect(checkpoints).toEqual(['100', '102']);
    expect(reports.map(keysOf)).toEqual([['fail', 'b']]);
  });

  it('ignores item failures if the mapping does not enable them', async () => {
    expect(await deliver({}, 'fail', 'b')).toEqual(['fail b']);
  });

  it.each(['garbage', 'stranger'])(
    'treats a response with %s as a failure of the whole batch',
    async (key) => {
      const invocations = await deliver({ reportsItemFailures: true, maximumRetries: 1 }, 'a', key);
      expect(invocations).toEqual([`a ${key}`, `a ${key}`]);
      expect(reports.map(keysOf)).toEqual([['a', key]]);
    },
  );

  it('discards records that are too old without delivering them', async () => {
    const old = records('a').map((record) => ({
      ...record,
      dynamodb: { ...record.dynamodb, ApproximateCreationDateTime: Date.now() / 1000 - 100 },
    }));
    const before = batches().length;
    await processor({ maximumAgeSeconds: 60 }).process(old, SHARD);
    expect(batches()).toHaveLength(before);
    expect(reports[0]?.condition).toBe('RecordAgeExceeded');
  });

  it('is interrupted if the cloud stops between two attempts', async () => {
    const processing = processor({}).process(records('throw'), SHARD);
    const failure = expect(processing).rejects.toThrow(Interrupted);
    await eventually('the first try', () => batches().at(-1) === 'throw');
    abort.abort();
    await failure;
    await printed();
    expect([checkpoints, reports]).toEqual([[], []]);
  });

  it('does not count a failure while the cloud stops the function', async () => {
    const processing = processor({ maximumRetries: 0 }).process(records('slow'), SHARD);
    const failure = expect(processing).rejects.toThrow(Interrupted);
    await eventually('the invocation', () => batches().at(-1) === 'slow');
    abort.abort();
    await lambda.kill();
    await failure;
    expect([checkpoints, reports]).toEqual([[], []]);
  });
});

describe('failureMessage', () => {
  it('has the position of the batch in the stream, as in Lambda', () => {
    const report: FailureReport = {
      records: records('a', 'b'),
      shard: SHARD,
      condition: 'RetryAttemptsExhausted',
      invocations: 4,
      functionArn: 'arn:fn',
      version: '$LATEST',
    };
    expect(failureMessage(report)).toMatchObject({
      requestContext: {
        functionArn: 'arn:fn',
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: 4,
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      version: '1.0',
      DDBStreamBatchInfo: {
        shardId: 'shard-1',
        startSequenceNumber: '100',
        endSequenceNumber: '101',
        batchSize: 2,
        streamArn: SHARD.streamArn,
      },
    });
  });
});
