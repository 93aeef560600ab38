import type { Filter } from './ast';

/** Returns the number of conditions in a filter: comparisons and `pr`. */
export function countTerms(filter: Filter): number {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.operands.reduce((sum, operand) => sum + countTerms(operand), 0);
    case 'not':
      return countTerms(filter.operand);
    case 'valuePath':
      return countTerms(filter.filter);
    case 'present':
    case 'comparison':
      return 1;
  }
}
