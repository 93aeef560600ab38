import type { Attribute } from '../attribute';
import { checkElementCount, elementsOf, isPrimary, readComplex, withoutPrimary } from '../input/read-value';
import { isAttributes, type Json } from '../resource';
import { groupListed, isListed } from '../element-identity';
import { isAssignmentAttribute, withPlainValue } from '../roles/role-values';
import type { PatchRun } from './patch-run';

/**
 * Appends new elements to `elements`. An added element with the value and type of an existing element is
 * merged into it.
 */
export function addElements(
  attribute: Attribute,
  elements: readonly Json[],
  added: readonly Json[],
  path: string,
  run: PatchRun,
): Json[] | undefined {
  const after = [...elements];
  const positions = new Map(after.map((element, at) => [run.identity(attribute, element), at]));
  const primaries: number[] = [];
  for (const element of added) {
    const identity = run.identity(attribute, element);
    const at = positions.get(identity) ?? after.length;
    const existing = after[at];
    const merged = isAttributes(existing) && isAttributes(element) ? { ...existing, ...element } : element;
    after[at] = merged;
    positions.set(identity, at);
    if (isPrimary(element)) primaries.push(at);
  }
  checkElementCount(after.length, path);
  // A later element may have been merged into a primary one.
  const changed = primaries.flatMap((at) => after[at] ?? []);
  return after.length === 0 ? undefined : unsetPrimary(after, changed);
}

/**
 * Reads the elements that only have a `type` or a `primary`, such as `{"type":"work"}`. A `remove` can list
 * them, because it names elements by any of their parts.
 */
export const readEmptyElements = (attribute: Attribute, input: unknown, path: string): Json[] =>
  elementsOf(attribute, input).flatMap((value) => {
    if (!isAttributes(value) || !Object.keys(value).every((name) => /^(type|primary)$/i.test(name)))
      return [];
    return readComplex(attribute, value, path) ?? [];
  });

/**
 * Removes the elements that `listed` names. A role is also removed if it or the listed one is JSON text, and
 * both have the same value: it must not remain because Entra has sent it in two forms.
 */
export function removeElements(
  attribute: Attribute,
  elements: readonly Json[],
  listed: readonly Json[],
  run: PatchRun,
): Json[] | undefined {
  const isAssignment = isAssignmentAttribute(attribute.name);
  const groups = groupListed(
    attribute,
    isAssignment ? [...listed, ...listed.map(withPlainValue)] : listed,
    run.fold,
  );
  const simple = new Set(listed.filter((item) => !isAttributes(item)));
  const isRemoved = (element: Json): boolean =>
    isAttributes(element) ? isListed(groups, element, run.fold) : simple.has(element);
  const remaining = elements.filter(
    (element) => !isRemoved(element) && !(isAssignment && isRemoved(withPlainValue(element))),
  );
  return remaining.length === 0 ? undefined : remaining;
}

/** Leaves only the first primary element of `changed` primary, if there is one (RFC 7644 §3.5.2). */
export function unsetPrimary(elements: readonly Json[], changed: readonly Json[]): Json[] {
  const primary = changed.find(isPrimary);
  if (primary === undefined) return [...elements];
  return elements.map((element) => (element === primary ? element : withoutPrimary(element)));
}
