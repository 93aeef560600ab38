import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type { Concurrency, ReservedFunction } from '../../settings/concurrency';
import type { ScimFunction } from './scim-function';

/** Reserves the concurrent executions of functions. Without `concurrency`, the functions share those of the account. */
export function reserveConcurrency(
  concurrency: Concurrency | null,
  functions: Partial<Readonly<Record<ReservedFunction, ScimFunction>>>,
): void {
  if (!concurrency) return;
  for (const [name, fn] of Object.entries(functions)) {
    const resource = fn.function.node.defaultChild as CfnFunction;
    resource.reservedConcurrentExecutions = concurrency[name as ReservedFunction];
  }
}
