import type { Attribute } from '../attribute';
import type { Filter } from '../filter/ast';
import { compileElementFilter } from '../filter/match';
import type { Json } from '../resource';
import { plainValueOf, withPlainValue } from './role-values';

/**
 * Compiles the filter of a value path into a test of one element of `roles` or `entitlements`, in the way of
 * `compileElementFilter`. JSON text counts as the value in it, in the element and in the filter, because
 * Entra sends a role in both forms.
 */
export function compileAssignmentFilter(
  filter: Filter,
  attribute: Attribute,
  fold?: (text: string) => string,
): (element: Json) => boolean {
  const test = compileElementFilter(withPlainOperands(filter), attribute, fold);
  return (element) => test(withPlainValue(element));
}

function withPlainOperands(filter: Filter): Filter {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return { ...filter, operands: filter.operands.map(withPlainOperands) };
    case 'not':
      return { ...filter, operand: withPlainOperands(filter.operand) };
    case 'comparison':
      return typeof filter.value === 'string' && filter.path.toLowerCase() === 'value'
        ? { ...filter, value: plainValueOf(filter.value.trim()) }
        : filter;
    default:
      return filter;
  }
}
