import type { Attribute } from '../attribute';
import { findAttribute } from '../attribute-path';
import { checkElementCount, isPrimary, withoutPrimary } from '../input/read-value';
import { isAttributes, type Attributes, type Json } from '../resource';
import { foldName } from '../text/fold';

/**
 * Appends new elements to `elements`. An added element with the value and type of an existing element is
 * merged into it.
 */
export function addElements(
  attribute: Attribute,
  elements: readonly Json[],
  added: readonly Json[],
  path: string,
): Json[] | undefined {
  const after = [...elements];
  const positions = new Map(after.map((element, at) => [identityOf(attribute, element), at]));
  const primaries: Json[] = [];
  for (const element of added) {
    const identity = identityOf(attribute, element);
    const at = positions.get(identity) ?? after.length;
    const existing = after[at];
    const merged = isAttributes(existing) && isAttributes(element) ? { ...existing, ...element } : element;
    after[at] = merged;
    positions.set(identity, at);
    if (isPrimary(element)) primaries.push(merged);
  }
  checkElementCount(after.length, path);
  return after.length === 0 ? undefined : unsetPrimary(after, primaries);
}

/** Removes the elements that `listed` names. */
export function removeElements(
  attribute: Attribute,
  elements: readonly Json[],
  listed: readonly Json[],
): Json[] | undefined {
  const remaining = elements.filter(
    (element) => !listed.some((item) => matchesListed(attribute, item, element)),
  );
  return remaining.length === 0 ? undefined : remaining;
}

/** Leaves only the first primary element of `changed` primary, if there is one (RFC 7644 §3.5.2). */
export function unsetPrimary(elements: readonly Json[], changed: readonly Json[]): Json[] {
  const primary = changed.find(isPrimary);
  if (primary === undefined) return [...elements];
  return elements.map((element) => (element === primary ? element : withoutPrimary(element)));
}

/**
 * Returns a key that is equal for equal elements. Elements with a `value` are compared by value and type
 * only.
 */
function identityOf({ subAttributes }: Attribute, element: Json): string {
  if (!isAttributes(element)) return JSON.stringify(element);
  const compared =
    element.value === undefined
      ? subAttributes
      : subAttributes.filter(({ name }) => name === 'value' || name === 'type');
  return JSON.stringify(compared.map((part) => [part.name, comparedValue(part, element)]));
}

/** Returns the value of a part as it is compared. An absent `primary` equals `false` (RFC 7643 §2.4). */
function comparedValue({ name, caseExact, absentValue }: Attribute, element: Attributes): Json | undefined {
  const value = element[name] ?? absentValue;
  return typeof value === 'string' && !caseExact ? foldName(value) : value;
}

/**
 * Returns whether a listed item names the element: by its `value` and, if given, its type; otherwise by all
 * its parts.
 */
function matchesListed(attribute: Attribute, item: Json, element: Json): boolean {
  if (!isAttributes(item) || !isAttributes(element)) return item === element;
  const keys = Object.keys(item);
  const compared =
    item.value === undefined ? keys : keys.filter((name) => name === 'value' || name === 'type');
  return compared.every((name) => {
    const part = findAttribute(attribute.subAttributes, name);
    return part !== undefined && comparedValue(part, item) === comparedValue(part, element);
  });
}
