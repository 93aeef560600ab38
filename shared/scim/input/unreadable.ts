import { ScimError } from '../error';
import type { Attributes } from '../resource';
import { isOverBudget } from '../work';

/**
 * Receives the path of a value that is skipped, and the error that it would otherwise cause. It throws the
 * error if the value must not be skipped.
 */
export type OnUnreadable = (path: string, error: ScimError) => void;

/** Skips what cannot be read instead of refusing the request. */
export interface Tolerance {
  readonly onUnreadable: OnUnreadable;
  /** Throws a `ScimError` if a change from `before` to `after` must be skipped. */
  readonly check: (after: Attributes, before: Attributes) => void;
}

/**
 * Returns the result of `read`. If `read` throws a `ScimError` and `onUnreadable` is given, reports the error
 * and returns `fallback`. A request over its budget is never read in part.
 */
export function skipUnreadable<T>(
  onUnreadable: OnUnreadable | undefined,
  path: string,
  fallback: T,
  read: () => T,
): T {
  if (!onUnreadable) return read();
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ScimError) || isOverBudget(error)) throw error;
    onUnreadable(path, error);
    return fallback;
  }
}
