import type { ComparisonOperator, ComparisonValue, Filter } from '../../../shared/scim/filter/ast';

/** Builders of filter trees. */
export const and = (...operands: Filter[]): Filter => ({ kind: 'and', operands });
export const or = (...operands: Filter[]): Filter => ({ kind: 'or', operands });
export const not = (operand: Filter): Filter => ({ kind: 'not', operand });
export const present = (path: string): Filter => ({ kind: 'present', path });
export const valuePath = (path: string, filter: Filter): Filter => ({ kind: 'valuePath', path, filter });
export const comparison = (path: string, operator: ComparisonOperator, value: ComparisonValue): Filter => ({
  kind: 'comparison',
  path,
  operator,
  value,
});
export const eq = (path: string, value: ComparisonValue): Filter => comparison(path, 'eq', value);
