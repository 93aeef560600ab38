import { isUnassigned } from '../resource';

/**
 * Reports an unknown attribute that a client sent with a value: the path of an attribute, without indexes and
 * filters, or the URN of a schema. With a reason, reports a known attribute whose value is ignored. Known
 * attributes that a client cannot write are not reported.
 */
export type OnIgnored = (attribute: string, reason?: string) => void;

const MAX_PATH_LENGTH = 200;

/** Calls `onIgnored` with `path` if the ignored attribute had a value. */
export function reportIgnored(onIgnored: OnIgnored | undefined, path: string, value: unknown): void {
  if (isUnassigned(value)) return;
  onIgnored?.(path.slice(0, MAX_PATH_LENGTH).replace(/\[.*\]/s, ''));
}

/**
 * Thrown for a value that its attribute ignores: one outside its list, or one that is too long. The attribute
 * keeps its value.
 */
export class IgnoredValue extends Error {
  override readonly name = 'IgnoredValue';

  constructor(readonly reason: string) {
    super(reason);
  }
}

/** Returns the result of `read`. If the value is ignored, reports it by `path` and returns `fallback`. */
export function unlessIgnored<T>(
  onIgnored: OnIgnored | undefined,
  path: string,
  fallback: T,
  read: () => T,
): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof IgnoredValue)) throw error;
    onIgnored?.(path, error.reason);
    return fallback;
  }
}
