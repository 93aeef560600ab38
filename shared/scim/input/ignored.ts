import { isUnassigned } from '../resource';

/**
 * Reports an unknown attribute that a client sent with a value: the path of an attribute, without indexes and
 * filters, or the URN of a schema. Known attributes that a client cannot write are not reported.
 */
export type OnIgnored = (attribute: string) => void;

const MAX_PATH_LENGTH = 200;

/** Calls `onIgnored` with `path` if the ignored attribute had a value. */
export function reportIgnored(onIgnored: OnIgnored | undefined, path: string, value: unknown): void {
  if (isUnassigned(value)) return;
  onIgnored?.(path.slice(0, MAX_PATH_LENGTH).replace(/\[.*\]/s, ''));
}
