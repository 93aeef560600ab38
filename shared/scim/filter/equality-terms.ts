import type { ComparisonValue, Filter } from './ast';

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
