import type { Attribute } from '../attribute';
import { findAttribute } from '../attribute-path';
import { checkElementCount, isPrimary, withoutPrimary } from '../input/read-value';
import { isAttributes, type Json } from '../resource';

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
  const places = new Map(after.map((element, at) => [identityOf(attribute, element), at]));
  const touched: Json[] = [];
  for (const element of added) {
    const identity = identityOf(attribute, element);
    const at = places.get(identity) ?? after.length;
    const known = after[at];
    const merged = isAttributes(known) && isAttributes(element) ? { ...known, ...element } : element;
    after[at] = merged;
    places.set(identity, at);
    if (isPrimary(element)) touched.push(merged);
  }
  checkElementCount(after.length, path);
  return after.length === 0 ? undefined : unsetPrimary(after, touched);
}

/** `elements` without those that one of `listed` names. */
export function removeElements(
  attribute: Attribute,
  elements: readonly Json[],
  listed: readonly Json[],
): Json[] | undefined {
  const left = elements.filter(
    (element) => !listed.some((named) => matchesListed(attribute, named, element)),
  );
  return left.length === 0 ? undefined : left;
}

/** Where one of `touched` is primary now, no other element is (RFC 7644 §3.5.2). */
export function unsetPrimary(elements: readonly Json[], touched: readonly Json[]): Json[] {
  const primary = touched.find(isPrimary);
  if (primary === undefined) return [...elements];
  return elements.map((element) => (element === primary ? element : withoutPrimary(element)));
}

/** Elements with a `value` are the same one if it and the type are equal; others if they are equal throughout. */
function identityOf({ subAttributes }: Attribute, element: Json): string {
  if (!isAttributes(element)) return JSON.stringify(element);
  const compared =
    element.value === undefined
      ? subAttributes
      : subAttributes.filter(({ name }) => name === 'value' || name === 'type');
  return JSON.stringify(compared.map((part) => [part.name, foldValue(part, element[part.name])]));
}

const foldValue = ({ caseExact }: Attribute, value: Json | undefined): Json | undefined =>
  typeof value === 'string' && !caseExact ? value.toLowerCase() : value;

/** What a client lists to have it removed: its `value` names the element, together with its type if it has one. */
function matchesListed(attribute: Attribute, named: Json, element: Json): boolean {
  if (!isAttributes(named) || !isAttributes(element)) return named === element;
  const keys = Object.keys(named);
  const compared =
    named.value === undefined ? keys : keys.filter((name) => name === 'value' || name === 'type');
  return compared.every((name) => {
    const part = findAttribute(attribute.subAttributes, name);
    return part !== undefined && foldValue(part, named[name]) === foldValue(part, element[name]);
  });
}
