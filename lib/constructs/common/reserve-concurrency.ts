import { type CfnEventSourceMapping, type CfnFunction, EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { ConfigError } from '../../config';
import type { Concurrency, ReservedFunction } from '../../settings/concurrency';
import type { ScimFunction } from './scim-function';

/** The shards of the stream of a new on-demand table. */
const STREAM_SHARDS = 4;

/**
 * Reserves the concurrent executions of functions. Without `concurrency`, the functions share those of the
 * account. Call this after the event sources of the functions were added. Throws a `ConfigError` if an event
 * source invokes a function more often at the same time than its reservation allows, because AWS then refuses
 * invocations and delays their work.
 */
export function reserveConcurrency(
  concurrency: Concurrency | null,
  functions: Partial<Readonly<Record<ReservedFunction, ScimFunction>>>,
): void {
  if (!concurrency) return;
  const problems: string[] = [];
  for (const [name, fn] of Object.entries(functions)) {
    const reserved = concurrency[name as ReservedFunction];
    const needed = concurrencyOfEventSources(fn);
    if (reserved < needed)
      problems.push(
        `concurrency: ${name} reserves ${reserved} concurrent executions, but its event sources use up to ${needed}. ` +
          `Set ${name} to ${needed} or more.`,
      );
    (fn.function.node.defaultChild as CfnFunction).reservedConcurrentExecutions = reserved;
  }
  if (problems.length > 0) throw new ConfigError(problems);
}

/** Returns the number of invocations that the streams and the queues of a function start at the same time. */
function concurrencyOfEventSources({ function: { node } }: ScimFunction): number {
  const mappings = node.children
    .filter((child) => child instanceof EventSourceMapping)
    .map((mapping) => mapping.node.defaultChild as CfnEventSourceMapping);
  return mappings.map(concurrencyOf).reduce((sum, each) => sum + each, 0);
}

/** A queue without a maximum concurrency uses up to 1,000 executions. A stream uses some of each shard. */
function concurrencyOf({
  startingPosition,
  parallelizationFactor,
  scalingConfig,
}: CfnEventSourceMapping): number {
  if (startingPosition !== undefined) return STREAM_SHARDS * (parallelizationFactor ?? 1);
  const { maximumConcurrency = 1_000 } = (scalingConfig ?? {}) as CfnEventSourceMapping.ScalingConfigProperty;
  return maximumConcurrency;
}
