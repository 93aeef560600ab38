import * as z from 'zod';
import { readProperties } from '../../cloud/template/properties';
import { ofType, type Resource } from '../../cloud/template/resources';
import type { StartingPosition } from './shard-reader';

/** The settings of an event source mapping of a stream. The value -1 means "no limit". */
export interface MappingSettings {
  readonly id: string;
  /** The name or ARN of the function. */
  readonly functionName: string;
  readonly streamArn: string;
  readonly patterns: readonly string[];
  readonly batchSize: number;
  readonly windowMs: number;
  /** The number of batches of a shard that the function processes at the same time. */
  readonly parallelizationFactor: number;
  readonly bisects: boolean;
  readonly reportsItemFailures: boolean;
  readonly maximumRetries: number;
  readonly maximumAgeSeconds: number;
  readonly startingPosition: StartingPosition;
  /** ARN of the queue for reports of discarded batches. */
  readonly failureQueueArn: string | undefined;
}

/** The settings of an event source mapping of a queue. */
export interface QueueMappingSettings {
  readonly functionName: string;
  readonly queueArn: string;
  readonly batchSize: number;
  readonly reportsItemFailures: boolean;
  /** The number of batches that the function processes at the same time. */
  readonly maximumConcurrency: number;
}

/** The default quota. AWS raises it to ten on request. */
const MAX_FILTERS = 5;

/** Lambda starts with as many concurrent batches of a queue, and adds more. */
const DEFAULT_CONCURRENCY = 5;

const Both = {
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  Enabled: z.boolean().default(true),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
};

const StreamProperties = z.object({
  ...Both,
  BatchSize: z.number().max(10_000).default(100),
  MaximumBatchingWindowInSeconds: z.number().default(0),
  ParallelizationFactor: z.number().int().min(1).max(10).default(1),
  BisectBatchOnFunctionError: z.boolean().default(false),
  MaximumRetryAttempts: z.number().default(-1),
  MaximumRecordAgeInSeconds: z.number().max(604_800).default(-1),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']),
  FilterCriteria: z
    .object({
      Filters: z
        .array(z.object({ Pattern: z.string() }))
        .max(MAX_FILTERS)
        .default([]),
    })
    .optional(),
  DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.string() }).optional() }).optional(),
  TumblingWindowInSeconds: z.undefined('tumbling windows are not supported').optional(),
});

const QueueProperties = z.object({
  ...Both,
  BatchSize: z.number().min(1).max(10, 'batches of more than ten messages are not supported').default(10),
  ScalingConfig: z.object({ MaximumConcurrency: z.number().int().min(2).max(1_000) }).optional(),
  MaximumBatchingWindowInSeconds: z.undefined('batching windows of queues are not supported').optional(),
  FilterCriteria: z.undefined('filters of queues are not supported').optional(),
});

/** Returns the mappings of streams that the template enables. */
export function mappingsFromTemplate(resources: readonly Resource[]): MappingSettings[] {
  return mappingsOf(resources, 'dynamodb').flatMap((resource) => {
    const own = readProperties(StreamProperties, resource);
    if (!own.Enabled) return [];
    return {
      id: resource.ref,
      functionName: own.FunctionName,
      streamArn: own.EventSourceArn,
      patterns: own.FilterCriteria?.Filters.map(({ Pattern }) => Pattern) ?? [],
      batchSize: own.BatchSize,
      windowMs: own.MaximumBatchingWindowInSeconds * 1000,
      parallelizationFactor: own.ParallelizationFactor,
      bisects: own.BisectBatchOnFunctionError,
      reportsItemFailures: own.FunctionResponseTypes.length > 0,
      maximumRetries: own.MaximumRetryAttempts,
      maximumAgeSeconds: own.MaximumRecordAgeInSeconds,
      startingPosition: own.StartingPosition,
      failureQueueArn: own.DestinationConfig?.OnFailure?.Destination,
    };
  });
}

/** Returns the mappings of queues that the template enables. */
export function queueMappingsFromTemplate(resources: readonly Resource[]): QueueMappingSettings[] {
  return mappingsOf(resources, 'sqs').flatMap((resource) => {
    const own = readProperties(QueueProperties, resource);
    if (!own.Enabled) return [];
    return {
      functionName: own.FunctionName,
      queueArn: own.EventSourceArn,
      batchSize: own.BatchSize,
      reportsItemFailures: own.FunctionResponseTypes.length > 0,
      maximumConcurrency: own.ScalingConfig?.MaximumConcurrency ?? DEFAULT_CONCURRENCY,
    };
  });
}

const mappingsOf = (resources: readonly Resource[], service: string): Resource[] =>
  ofType(resources, 'AWS::Lambda::EventSourceMapping').filter(
    ({ properties }) => (String(properties.EventSourceArn).split(':')[2] === 'sqs') === (service === 'sqs'),
  );
