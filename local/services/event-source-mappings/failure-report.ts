import { randomUUID } from 'node:crypto';
import { type Shard, sequenceNumber, type StreamRecord } from './record';

export type FailureCondition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

/** A batch whose retries are exhausted. */
export interface FailureReport {
  readonly records: readonly StreamRecord[];
  readonly shard: Shard;
  readonly condition: FailureCondition;
  readonly invocations: number;
  readonly functionArn: string;
  /** `$LATEST`, or the number of the version that ran. */
  readonly version: string;
}

/**
 * Returns the message that Lambda sends to a failure destination. It has the batch's position in the stream,
 * not the records.
 */
export function failureMessage({
  records,
  shard,
  condition,
  invocations,
  functionArn,
  version,
}: FailureReport): object {
  const arrival = (record: StreamRecord | undefined) =>
    new Date((record?.dynamodb.ApproximateCreationDateTime ?? 0) * 1000).toISOString();
  return {
    requestContext: { requestId: randomUUID(), functionArn, condition, approximateInvokeCount: invocations },
    responseContext: { statusCode: 200, executedVersion: version, functionError: 'Unhandled' },
    version: '1.0',
    timestamp: new Date().toISOString(),
    DDBStreamBatchInfo: {
      shardId: shard.id,
      startSequenceNumber: sequenceNumber(records[0]),
      endSequenceNumber: sequenceNumber(records.at(-1)),
      approximateArrivalOfFirstRecord: arrival(records[0]),
      approximateArrivalOfLastRecord: arrival(records.at(-1)),
      batchSize: records.length,
      streamArn: shard.streamArn,
    },
  };
}
