import type { Filter } from './ast';

/** Prints a filter in a form that `parseFilter` parses into the same tree. */
export function printFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'or':
      return filter.operands.map((operand) => printOperand(operand, ['or'])).join(' or ');
    case 'and':
      return filter.operands.map((operand) => printOperand(operand, ['and', 'or'])).join(' and ');
    case 'not':
      return `not (${printFilter(filter.operand)})`;
    case 'present':
      return `${filter.path} pr`;
    case 'comparison':
      return `${filter.path} ${filter.operator} ${JSON.stringify(filter.value)}`;
    case 'valuePath':
      return `${filter.path}[${printFilter(filter.filter)}]`;
  }
}

/** Prints an operand, in parentheses if its kind is one of `enclosed`. */
function printOperand(operand: Filter, enclosed: readonly Filter['kind'][]): string {
  const text = printFilter(operand);
  return enclosed.includes(operand.kind) ? `(${text})` : text;
}
