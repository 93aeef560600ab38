import type { Json } from '../../../scim/resource';
import type { Condition } from '../../../store/table/expressions';
import type { ItemKey } from '../../../store/table/keys';
import { keyOf, type Item } from '../../../store/table/read-item';
import type { Write } from '../../../store/table/write';

/** Returns the item that has a key; undefined if there is none. */
export type Find = (key: ItemKey) => Item | undefined;

/** A difference between an item and the items that it depends on. */
export interface Discrepancy {
  /** Names the kind of problem, such as `claim-orphaned`. */
  readonly problem: string;
  /** The problem, as a sentence. */
  readonly found: string;
  /** The action if the problem is not repaired. */
  readonly action: string;
  /**
   * The writes of the repair, each with a condition on what was read. Absent if nothing in the table says
   * what is right.
   */
  readonly repair?: readonly Write[];
  /** The values in the audit event of the repair. */
  readonly before?: Json;
  readonly after?: Json;
  /** A group that does not exist. If it was deleted lately, its sweep will repair this. */
  readonly sweepOf?: string;
}

/**
 * Compares an item with other items. All of them are changed in one transaction, so a difference at one
 * moment is an error.
 */
export interface Check {
  /** Names the check among those of the item. */
  readonly id: string;
  /** The other items. */
  readonly keys: readonly ItemKey[];
  readonly examine: (find: Find) => Discrepancy | undefined;
}

/** The facts that checks use besides the items. */
export interface CheckContext {
  readonly now: Date;
  /** Entries of license histories, and audit events, expire after this time. */
  readonly auditRetentionDays: number;
}

/** Returns the checks of an item. `domainId` is the domain to which its partition belongs. */
export type ChecksOf = (item: Item & ItemKey, domainId: string, context: CheckContext) => Check[];

/** The action for a problem that a repair solves. */
export const REPAIR = 'Run the verification with a repair.';

/** A change that another function completes is not a problem before this time has passed, in milliseconds. */
const SETTLING_MS = 15 * 60_000;

/** Returns whether a time (RFC 3339) is further back than the milliseconds. */
export const isOlder = (time: unknown, { now }: CheckContext, ms = SETTLING_MS): boolean =>
  typeof time === 'string' && Date.parse(time) < now.getTime() - ms;

/** The condition that the attributes of an item still are as they were read. */
export function isAs(item: Item, ...names: readonly string[]): Condition {
  const value = (name: string) => `${name}Before`;
  const stated = names.map((name) =>
    item[name] === undefined ? `attribute_not_exists(#${name})` : `#${name} = :${value(name)}`,
  );
  const known = names.filter((name) => item[name] !== undefined);
  return {
    expression: ['attribute_exists(pk)', ...stated].join(' AND '),
    values: Object.fromEntries(known.map((name) => [value(name), item[name]])),
  };
}

/** Returns the write that deletes an item if these attributes still are as they were read. */
export const remove = (item: Item, ...names: readonly string[]): Write => ({
  delete: keyOf(item),
  condition: isAs(item, ...names),
});

/** Returns the check that an item still is as it was read. */
export const unchanged = (item: Item, ...names: readonly string[]): Write => ({
  check: keyOf(item),
  condition: isAs(item, ...names),
});

export const stringOf = (value: unknown): string => (typeof value === 'string' ? value : '');
