import path from 'node:path';
import { LambdaFunction } from '../../../../local/services/lambda/function';
import type { MappingSettings } from '../../../../local/services/event-source-mappings/mapping-settings';
import type { StreamRecord } from '../../../../local/services/event-source-mappings/record';
import { eventually, HANG_LIMIT_MS } from '../../../support/jest/timeouts';

export function settings(own: Partial<MappingSettings> = {}): MappingSettings {
  return {
    id: 'mapping',
    functionName: 'Stream',
    streamArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/T/stream/local',
    patterns: [],
    batchSize: 10,
    windowMs: 0,
    parallelizationFactor: 1,
    bisects: false,
    reportsItemFailures: false,
    maximumRetries: -1,
    maximumAgeSeconds: -1,
    startingPosition: 'TRIM_HORIZON',
    failureQueueArn: undefined,
    ...own,
  };
}

export interface StreamFunction {
  readonly lambda: LambdaFunction;
  /** Returns the keys of each invocation, in order, as the function prints them. */
  readonly batches: () => string[];
  /** Waits until every invocation so far is among the batches. */
  readonly printed: () => Promise<void>;
}

/** Runs `stream.mjs` in real instances. */
export function streamFunction(): StreamFunction {
  let printed = '';
  let invocations = 0;
  const lambda = new LambdaFunction({
    name: 'Stream',
    arn: 'arn:aws:lambda:us-east-1:000000000000:function:Stream',
    file: path.join(__dirname, '../../bundles/stream.mjs'),
    exportName: 'handler',
    environment: {},
    memoryMb: 128,
    timeoutMs: HANG_LIMIT_MS,
    initTimeoutMs: HANG_LIMIT_MS,
    print: (chunk) => (printed += chunk),
  });
  // The output also contains errors, whose lines do not begin with a key.
  const isBatch = (line: string) => /^[a-z]+\d*( [a-z]+\d*)*$/.test(line);
  const batches = () => printed.split('\n').filter(isBatch);
  const invoke = lambda.invoke.bind(lambda);
  lambda.invoke = (...call) => {
    invocations += 1;
    return invoke(...call);
  };
  return {
    lambda,
    batches,
    printed: () => eventually('the output of each invocation', () => batches().length === invocations),
  };
}

/** Returns records with these sort keys and increasing sequence numbers. */
export function records(...keys: string[]): StreamRecord[] {
  return keys.map((key, index) => ({
    eventID: `event-${index}`,
    eventName: 'INSERT',
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(Date.now() / 1000),
      SequenceNumber: String(100 + index),
      Keys: { pk: { S: 'p' }, sk: { S: key } },
    },
  }));
}
