import * as z from 'zod';
import { UserError } from '../../host/user-error';
import type { Resource } from '../../cloud/template/resources';
import type { StartingPosition } from './shard-reader';

/** An event source mapping; -1 stands for "no limit". */
export interface MappingSettings {
  readonly id: string;
  /** Name or ARN. */
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
  /** ARN of the queue for what was given up. */
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

/** The mappings that the template switches on. */
export function mappingsFromTemplate(resources: readonly Resource[]): MappingSettings[] {
  return resources
    .filter(({ type }) => type === 'AWS::Lambda::EventSourceMapping')
    .flatMap(({ ref, logicalId, properties }) => {
      const parsed = MappingProperties.safeParse(properties);
      if (!parsed.success) {
        throw new UserError(
          `The local host cannot run the mapping ${logicalId}:\n${z.prettifyError(parsed.error)}`,
        );
      }
      const own = parsed.data;
      if (!own.Enabled) return [];
      return {
        id: ref,
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
