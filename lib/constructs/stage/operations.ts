import { DEFAULT_LOG_RETENTION, type Operations } from '../../settings/operations';
import type { IConstruct } from 'constructs';

const settings = new WeakMap<IConstruct, Operations>();

/** Sets how everything in a scope is logged and traced. */
export const setOperations = (scope: IConstruct, operations: Operations): void =>
  void settings.set(scope, operations);

/** Returns how a construct is logged and traced. */
export function operationsOf(construct: IConstruct): Operations {
  const scope = [...construct.node.scopes].reverse().find((each) => settings.has(each));
  return (
    (scope && settings.get(scope)) ?? {
      logLevel: 'INFO',
      logRetentionDays: DEFAULT_LOG_RETENTION,
      tracing: false,
    }
  );
}
