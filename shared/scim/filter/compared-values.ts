import type { Filter } from './ast';
import { comparedOperand, elementScope, resourceScope, type Scope } from './operand';
import type { ResourceType } from '../resource-type';

/**
 * Returns the values that a filter compares `attribute.value` of a multi-valued attribute with, if it only
 * uses `eq`. A store then loads only those values. Returns `'all'` if the filter needs every value of the
 * attribute.
 */
export function comparedValues(
  filter: Filter,
  type: ResourceType,
  attribute: string,
): ReadonlySet<string> | 'all' {
  const values = new Set<string>();
  const needsOnlyValues = collectValues(filter, resourceScope(type), '', attribute, values);
  return needsOnlyValues ? values : 'all';
}

/** Collects the compared values into `values`. Returns false if the filter needs every value. */
function collectValues(
  filter: Filter,
  scope: Scope,
  prefix: string,
  attribute: string,
  values: Set<string>,
): boolean {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.operands.every((operand) => collectValues(operand, scope, prefix, attribute, values));
    case 'not':
      return collectValues(filter.operand, scope, prefix, attribute, values);
    case 'present': {
      const operand = scope(filter.path);
      return !operand || !concerns(`${prefix}${operand.name}`, attribute);
    }
    case 'comparison': {
      const operand = scope(filter.path);
      if (!operand) return true;
      const name = `${prefix}${comparedOperand(operand).name}`;
      if (!concerns(name, attribute)) return true;
      // `eq ""` matches a resource without values, so it needs all of them.
      const hasValue = typeof filter.value === 'string' && filter.value !== '';
      if (name !== `${attribute}.value` || filter.operator !== 'eq' || !hasValue) return false;
      values.add(filter.value);
      return true;
    }
    case 'valuePath': {
      const operand = scope(filter.path);
      if (!operand) return true;
      return collectValues(
        filter.filter,
        elementScope(operand.attribute),
        `${operand.name}.`,
        attribute,
        values,
      );
    }
  }
}

/** Returns whether a path names the attribute or one of its sub-attributes. */
const concerns = (name: string, attribute: string): boolean =>
  name === attribute || name.startsWith(`${attribute}.`);
