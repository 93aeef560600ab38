import { DEFAULT_LOG_RETENTION, type Operations } from '../../settings/operations';
import type { IConstruct } from 'constructs';

const settings = new WeakMap<IConstruct, Operations>();

/** Sets how everything in a scope is logged, traced, and rolled out. */
export const setOperations = (scope: IConstruct, operations: Operations): void =>
  void settings.set(scope, operations);

/** Returns how a construct is logged, traced, and rolled out. */
export function operationsOf(construct: IConstruct): Operations {
  const scope = [...construct.node.scopes].reverse().find((each) => settings.has(each));
  return (
    (scope && settings.get(scope)) ?? {
      logLevel: 'INFO',
      logRetentionDays: DEFAULT_LOG_RETENTION,
      tracing: false,
      rollout: 'none',
    }
  );
}
