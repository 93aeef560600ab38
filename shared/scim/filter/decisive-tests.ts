import type { Json } from '../resource';
import type { ResourceType } from '../resource-type';
import type { WorkBudget } from '../work';
import type { Filter } from './ast';
import { compileFilter } from './match';
import { comparedOperand, resourceScope, type Scope } from './operand';
import { unknownAttributes } from './unknown-attributes';

/** Returns whether one element of a multi-valued attribute satisfies a condition of a filter. */
export type ElementTest = (element: Json) => boolean;

/**
 * Returns tests that choose the elements of a multi-valued attribute that decide a filter. A condition on the
 * attribute holds if it holds for any element. So the filter has the same result for a resource that has only
 * one of its elements, and one for each test that any element passes.
 *
 * Each comparison is counted in `work`. Throws `invalidFilter` as `compileFilter` does.
 */
export function decisiveTests(
  filter: Filter,
  type: ResourceType,
  attribute: string,
  work?: WorkBudget,
): ElementTest[] {
  const compile = (condition: Filter): ElementTest => {
    const matches = compileFilter(condition, type, work);
    return (element) => matches({ [attribute]: [element] });
  };
  return conditionsOn(filter, attribute, resourceScope(type)).flatMap((condition) => {
    const holds = compile(condition);
    if (unknownAttributes(condition, [type]).size === 0) return [holds];
    // An element can leave the condition undefined, which its negation tells from false.
    const fails = compile({ kind: 'not', operand: condition });
    return [holds, (element) => !holds(element) && !fails(element)];
  });
}

/** Returns the conditions on the attribute, each in a form that holds if it holds for any element. */
function conditionsOn(filter: Filter, attribute: string, scope: Scope): Filter[] {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.operands.flatMap((operand) => conditionsOn(operand, attribute, scope));
    case 'not':
      return conditionsOn(filter.operand, attribute, scope);
    case 'present':
    case 'valuePath':
      return concerns(filter.path, attribute, scope) ? [filter] : [];
    case 'comparison': {
      const { path, operator, value } = filter;
      if (!concerns(path, attribute, scope)) return [];
      // `eq ""` holds if `pr` holds for no element.
      const isPresence = (value === null || value === '') && (operator === 'eq' || operator === 'ne');
      return [isPresence ? { kind: 'present', path } : filter];
    }
  }
}

function concerns(path: string, attribute: string, scope: Scope): boolean {
  const operand = scope(path);
  const name = operand && comparedOperand(operand).name;
  return name === attribute || name?.startsWith(`${attribute}.`) === true;
}
