import { ScimError } from '../../scim/error';
import type { Condition } from './expressions';
import type { Item } from './read-item';

/**
 * The version of the items that this code writes. It changes only if code that does not know the change would
 * misread an item. docs/decisions/0060-items-carry-a-version.md tells how to change it in two releases.
 */
export const WRITTEN_VERSION = 1;

/** The newest version of items that this code reads. It is never smaller than `WRITTEN_VERSION`. */
export const READABLE_VERSION = 1;

/**
 * The attribute with the version. An item without it was written before items had versions. Its name is
 * short, because each item has it.
 */
export const VERSION_ATTRIBUTE = 'v';

/** Seconds after which a newer function has probably taken over. */
const RETRY_AFTER_SECONDS = 60;

/** The error for everything that depends on an item of a newer version. Clients and queues try again. */
const newerItem = (): ScimError =>
  ScimError.unavailable(
    'A newer version of the service wrote this data, and this one cannot read it. Send the request again.',
    RETRY_AFTER_SECONDS,
  );

/** Throws a 503 if `version`, the value of the attribute, is newer than this code. */
export function assertReadable(version: unknown): void {
  if (version !== undefined && Number(version) > READABLE_VERSION) throw newerItem();
}

/** Returns an item without its version. Throws a 503 if it is newer than this code. */
export function readable({ [VERSION_ATTRIBUTE]: version, ...item }: Item): Item {
  assertReadable(version);
  return item;
}

/** Returns an item with its version, as it is stored. */
export const versioned = <T extends Item>(item: T): T => ({ ...item, [VERSION_ATTRIBUTE]: WRITTEN_VERSION });

/** Returns the condition of a write that also refuses to change an item of a newer version. */
export const unlessNewer = (condition?: Condition): Condition => ({
  expression: condition ? `(${condition.expression}) AND ${IS_READABLE}` : IS_READABLE,
  values: { ...condition?.values, readable: READABLE_VERSION },
});

const IS_READABLE = `(attribute_not_exists(#${VERSION_ATTRIBUTE}) OR #${VERSION_ATTRIBUTE} <= :readable)`;
