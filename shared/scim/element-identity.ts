import type { Attribute } from './attribute';
import { findAttribute } from './attribute-path';
import { isAttributes, type Attributes, type Json } from './resource';

type Fold = (text: string) => string;

/**
 * Returns a key that is equal for equal elements. Elements with a `value` are compared by value and type
 * only.
 */
export function identityOf(attribute: Attribute, element: Json, fold: Fold): string {
  if (!isAttributes(element)) return JSON.stringify(element);
  const { subAttributes } = attribute;
  const compared =
    element.value === undefined
      ? subAttributes
      : subAttributes.filter(({ name }) => name === 'value' || name === 'type');
  return JSON.stringify(compared.map((part) => [part.name, comparedValue(part, element, fold)]));
}

/** Returns the value of a part as it is compared. An absent `primary` equals `false` (RFC 7643 §2.4). */
function comparedValue(
  { name, caseExact, absentValue }: Attribute,
  element: Attributes,
  fold: Fold,
): Json | undefined {
  const value = element[name] ?? absentValue;
  return typeof value === 'string' && !caseExact ? fold(value) : value;
}

/** Items that name elements by the same parts. */
export interface ListedItems {
  readonly parts: readonly Attribute[];
  /** The keys of the items: their parts as they are compared. */
  readonly keys: Set<string>;
}

/**
 * Groups listed items by the parts by which they name elements: by `value` and, if given, `type`; otherwise
 * by all parts that the item has. Comparing an element takes one lookup for each group.
 */
export function groupListed(
  { subAttributes }: Attribute,
  listed: readonly Json[],
  fold: Fold,
): readonly ListedItems[] {
  const groups = new Map<string, ListedItems>();
  for (const item of listed) {
    if (!isAttributes(item)) continue;
    const names = Object.keys(item).sort();
    const compared =
      item.value === undefined ? names : names.filter((name) => name === 'value' || name === 'type');
    const parts = compared.flatMap((name) => findAttribute(subAttributes, name) ?? []);
    if (parts.length < compared.length) continue;
    const id = compared.join();
    const group = groups.get(id) ?? { parts, keys: new Set<string>() };
    group.keys.add(keyOf(parts, item, fold));
    groups.set(id, group);
  }
  return [...groups.values()];
}

/** Returns whether one of the listed items names the element. */
export const isListed = (groups: readonly ListedItems[], element: Attributes, fold: Fold): boolean =>
  groups.some(({ parts, keys }) => keys.has(keyOf(parts, element, fold)));

const keyOf = (parts: readonly Attribute[], element: Attributes, fold: Fold): string =>
  JSON.stringify(parts.map((part) => comparedValue(part, element, fold) ?? null));
