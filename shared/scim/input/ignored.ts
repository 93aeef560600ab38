import { isUnassigned } from '../resource';

/**
 * Told of what a client sent with a value although the service does not have it: an attribute by its path, without indexes and
 * filters, or a schema by its URN. What the service has and a client may not write is none of it.
 */
export type OnIgnored = (attribute: string) => void;

const MAX_PATH_LENGTH = 200;

/** Tells of `path` where a value is lost. */
export function reportIgnored(onIgnored: OnIgnored | undefined, path: string, value: unknown): void {
  if (isUnassigned(value)) return;
  onIgnored?.(path.slice(0, MAX_PATH_LENGTH).replace(/\[.*\]/s, ''));
}
