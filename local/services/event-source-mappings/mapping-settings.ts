import * as z from 'zod';
import { readProperties } from '../../cloud/template/properties';
import { ofType, type Resource } from '../../cloud/template/resources';
import type { StartingPosition } from './shard-reader';

/** The settings of an event source mapping. The value -1 means "no limit". */
export interface MappingSettings {
  readonly id: string;
  /** The name or ARN of the function. */
  readonly functionName: string;
  readonly streamArn: string;
  readonly patterns: readonly string[];
  readonly batchSize: number;
  readonly windowMs: number;
  readonly bisects: boolean;
  readonly reportsItemFailures: boolean;
  readonly maximumRetries: number;
  readonly maximumAgeSeconds: number;
  readonly startingPosition: StartingPosition;
  /** ARN of the queue for reports of discarded batches. */
  readonly failureQueueArn: string | undefined;
}

const MappingProperties = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  Enabled: z.boolean().default(true),
  BatchSize: z.number().default(100),
  MaximumBatchingWindowInSeconds: z.number().default(0),
  BisectBatchOnFunctionError: z.boolean().default(false),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  MaximumRetryAttempts: z.number().default(-1),
  MaximumRecordAgeInSeconds: z.number().default(-1),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']),
  FilterCriteria: z.object({ Filters: z.array(z.object({ Pattern: z.string() })).default([]) }).optional(),
  DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.string() }).optional() }).optional(),
  TumblingWindowInSeconds: z.undefined('tumbling windows are not supported').optional(),
});

/** Returns the mappings that the template enables. */
export function mappingsFromTemplate(resources: readonly Resource[]): MappingSettings[] {
  return ofType(resources, 'AWS::Lambda::EventSourceMapping').flatMap((resource) => {
    const own = readProperties(MappingProperties, resource);
    if (!own.Enabled) return [];
    return {
      id: resource.ref,
      functionName: own.FunctionName,
      streamArn: own.EventSourceArn,
      patterns: own.FilterCriteria?.Filters.map(({ Pattern }) => Pattern) ?? [],
      batchSize: own.BatchSize,
      windowMs: own.MaximumBatchingWindowInSeconds * 1000,
      bisects: own.BisectBatchOnFunctionError,
      reportsItemFailures: own.FunctionResponseTypes.length > 0,
      maximumRetries: own.MaximumRetryAttempts,
      maximumAgeSeconds: own.MaximumRecordAgeInSeconds,
      startingPosition: own.StartingPosition,
      failureQueueArn: own.DestinationConfig?.OnFailure?.Destination,
    };
  });
}
