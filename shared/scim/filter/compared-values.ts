import type { Filter } from './ast';
import { comparedOperand, elementScope, resourceScope, type Scope } from './operand';
import type { ResourceType } from '../resource-type';

/**
 * The values that a filter compares `attribute.value` of a multi-valued attribute with, by `eq`; `'more'` where it asks more
 * of the attribute than whether such values are there. So a store need look for those alone.
 */
export function comparedValues(
  filter: Filter,
  type: ResourceType,
  attribute: string,
): ReadonlySet<string> | 'all' {
  const values = new Set<string>();
  const isAll = collect(filter, resourceScope(type), '', attribute, values);
  return isAll ? values : 'all';
}

function collect(
  filter: Filter,
  scope: Scope,
  prefix: string,
  attribute: string,
  values: Set<string>,
): boolean {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.operands.every((operand) => collect(operand, scope, prefix, attribute, values));
    case 'not':
      return collect(filter.operand, scope, prefix, attribute, values);
    case 'present': {
      const operand = scope(filter.path);
      return !operand || !concerns(`${prefix}${operand.name}`, attribute);
    }
    case 'comparison': {
      const operand = scope(filter.path);
      if (!operand) return true;
      const name = `${prefix}${comparedOperand(operand).name}`;
      if (!concerns(name, attribute)) return true;
      // `eq ""` asks whether there is none at all.
      const isNamed = typeof filter.value === 'string' && filter.value !== '';
      if (name !== `${attribute}.value` || filter.operator !== 'eq' || !isNamed) return false;
      values.add(filter.value);
      return true;
    }
    case 'valuePath': {
      const operand = scope(filter.path);
      if (!operand) return true;
      return collect(filter.filter, elementScope(operand.attribute), `${operand.name}.`, attribute, values);
    }
  }
}

const concerns = (name: string, attribute: string): boolean =>
  name === attribute || name.startsWith(`${attribute}.`);
