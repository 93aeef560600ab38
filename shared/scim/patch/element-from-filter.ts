import type { Attribute } from '../attribute';
import { findAttribute } from '../attribute-path';
import { ScimError } from '../error';
import type { Filter, ComparisonValue } from '../filter/ast';
import { elementAttributes } from '../filter/operand';
import { readComplex } from '../input/read-value';
import type { Attributes } from '../resource';

/**
 * Returns the values that an element must have to match a filter of `eq` comparisons joined by `and`, by
 * sub-attribute as the client wrote it. Returns undefined for any other filter, and if two comparisons name
 * the same sub-attribute.
 */
export function equalityTerms(filter: Filter): ReadonlyMap<string, ComparisonValue> | undefined {
  const terms = new Map<string, ComparisonValue>();
  return collectTerms(filter, terms, new Set()) ? terms : undefined;
}

function collectTerms(filter: Filter, terms: Map<string, ComparisonValue>, names: Set<string>): boolean {
  if (filter.kind === 'and') return filter.operands.every((operand) => collectTerms(operand, terms, names));
  if (filter.kind !== 'comparison' || filter.operator !== 'eq') return false;
  const name = filter.path.toLowerCase();
  if (names.has(name)) return false;
  names.add(name);
  terms.set(filter.path, filter.value);
  return true;
}

/**
 * Returns the `eq` terms of a filter that describes an element to create. Returns undefined if the filter
 * names an unknown sub-attribute, after calling `onUnknown` with its name, or if it does not describe an
 * element. In the latter case, throws 400 `noTarget` if `path` is given.
 */
export function termsOfElement(
  filter: Filter,
  attribute: Attribute,
  path?: string,
  onUnknown?: (name: string) => void,
): ReadonlyMap<string, ComparisonValue> | undefined {
  const terms = equalityTerms(filter);
  if (!terms && path !== undefined) {
    throw ScimError.noTarget(
      `The path ${path} selects nothing, and its filter does not describe a value to create. ` +
        'Use only eq comparisons joined by and, such as [type eq "work"].',
    );
  }
  if (!terms) return undefined;
  const known = elementAttributes(attribute);
  const unknown = [...terms.keys()].find((name) => !findAttribute(known, name));
  if (unknown === undefined) return terms;
  onUnknown?.(unknown);
  return undefined;
}

/**
 * Builds the element that a filter describes: `type eq "work"` becomes `{"type":"work"}`. Returns undefined
 * and throws as `termsOfElement` does.
 */
export function elementFromFilter(
  filter: Filter,
  attribute: Attribute,
  path?: string,
  onUnknown?: (name: string) => void,
): Attributes | undefined {
  const terms = termsOfElement(filter, attribute, path, onUnknown);
  return terms && (readComplex(attribute, Object.fromEntries(terms), path ?? attribute.name) ?? {});
}
