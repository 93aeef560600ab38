import type { Attribute } from '../attribute';
import { findAttribute } from '../attribute-path';
import { checkNumber, isPrimary, withoutPrimary } from '../read-value';
import { isAttributes, type Attributes, type Json } from '../resource';

/**
 * `elements` and then those of `added` that are not among them. One that has the value and type of an element that is there
 * is laid over it.
 */
export function addElements(
  attribute: Attribute,
  elements: readonly Json[],
  added: readonly Json[],
  path: string,
): Json[] | undefined {
  const after = [...elements];
  const touched: Json[] = [];
  for (const element of added) {
    const at = after.findIndex((other) => isSame(attribute, other, element));
    const known = after[at];
    const merged = isAttributes(known) && isAttributes(element) ? { ...known, ...element } : element;
    if (at < 0) after.push(merged);
    else after[at] = merged;
    touched.push(merged);
  }
  checkNumber(after.length, path);
  return after.length === 0 ? undefined : unsetPrimary(after, touched);
}

/** `elements` without those that one of `listed` names. */
export function removeElements(
  attribute: Attribute,
  elements: readonly Json[],
  listed: readonly Json[],
): Json[] | undefined {
  const left = elements.filter((element) => !listed.some((named) => names(attribute, named, element)));
  return left.length === 0 ? undefined : left;
}

/** Where one of `touched` is primary now, no other element is (RFC 7644 §3.5.2). */
export function unsetPrimary(elements: readonly Json[], touched: readonly Json[]): Json[] {
  const primary = touched.findLast(isPrimary);
  if (primary === undefined) return [...elements];
  return elements.map((element) => (element === primary ? element : withoutPrimary(element)));
}

/** Two elements with a `value` are the same one if it and the type are equal; others if they are equal throughout. */
function isSame(attribute: Attribute, a: Json, b: Json): boolean {
  if (!isAttributes(a) || !isAttributes(b)) return a === b;
  const compared = a.value === undefined && b.value === undefined ? unionOfKeys(a, b) : ['value', 'type'];
  return compared.every((name) => isEqual(attribute, name, a[name], b[name]));
}

/** What a client lists to have it removed: its `value` names the element, together with its type if it has one. */
function names(attribute: Attribute, named: Json, element: Json): boolean {
  if (!isAttributes(named) || !isAttributes(element)) return named === element;
  const keys = Object.keys(named);
  const compared =
    named.value === undefined ? keys : keys.filter((name) => name === 'value' || name === 'type');
  return compared.every((name) => isEqual(attribute, name, named[name], element[name]));
}

function isEqual(attribute: Attribute, name: string, a: Json | undefined, b: Json | undefined): boolean {
  if (typeof a !== 'string' || typeof b !== 'string') return a === b;
  const { caseExact } = findAttribute(attribute.subAttributes, name) ?? { caseExact: true };
  return a === b || (!caseExact && a.toLowerCase() === b.toLowerCase());
}

const unionOfKeys = (a: Attributes, b: Attributes): string[] => [
  ...new Set([...Object.keys(a), ...Object.keys(b)]),
];
