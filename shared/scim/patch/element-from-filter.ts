import type { Attribute } from '../attribute';
import { findAttribute } from '../attribute-path';
import { ScimError } from '../error';
import type { Filter, ComparisonValue } from '../filter/ast';
import { readComplex } from '../input/read-value';
import type { Attributes } from '../resource';

/**
 * What an element must hold to fulfil a value filter: the `eq` terms joined by `and`, by the name of the sub-attribute as
 * it was written. Undefined where the filter is anything else, or asks for two values of one name.
 */
export function equalityTerms(filter: Filter): ReadonlyMap<string, ComparisonValue> | undefined {
  const terms = new Map<string, ComparisonValue>();
  return collect(filter, terms, new Set()) ? terms : undefined;
}

function collect(filter: Filter, terms: Map<string, ComparisonValue>, names: Set<string>): boolean {
  if (filter.kind === 'and') return filter.operands.every((operand) => collect(operand, terms, names));
  if (filter.kind !== 'comparison' || filter.operator !== 'eq') return false;
  const name = filter.path.toLowerCase();
  if (names.has(name)) return false;
  names.add(name);
  terms.set(filter.path, filter.value);
  return true;
}

/**
 * The element that a filter describes by its `eq` terms: `type eq "work"` is `{"type":"work"}`. Undefined where it names a
 * sub-attribute that there is not. Where it describes none, undefined too, or, given the `path`, a 400 `noTarget`.
 */
export function elementFromFilter(
  filter: Filter,
  attribute: Attribute,
  path?: string,
): Attributes | undefined {
  const terms = equalityTerms(filter);
  if (!terms && path !== undefined) {
    throw ScimError.noTarget(
      `${path} selects nothing, and a new value can be made only from eq terms joined by and, as in [type eq "work"].`,
    );
  }
  if (!terms) return undefined;
  for (const name of terms.keys()) {
    if (!findAttribute(attribute.subAttributes, name)) return undefined;
  }
  return readComplex(attribute, Object.fromEntries(terms), path ?? attribute.name) ?? {};
}
