import { type Context, type ContextKey, contextKey, hasManyValues, valuesOf } from './condition-keys';
import { OPERATORS } from './condition-operators';

export type Condition = (context: Context) => boolean;

const OPERATOR = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/;

/**
 * Returns the conditions of a statement, all of which must hold. Throws if one has an unknown operator or
 * key, because the local cloud cannot decide it.
 */
export function compileConditions(
  conditions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>,
): Condition[] {
  return Object.entries(conditions).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([name, values]) => {
      const key = contextKey(name);
      if (!key) throw new Error(`the condition key ${name} is not supported.`);
      return compileCondition(operator, key, values);
    }),
  );
}

function compileCondition(text: string, key: ContextKey, values: readonly string[]): Condition {
  const [, set, name = '', ifExists] = OPERATOR.exec(text) ?? [];
  if (name === 'Null') {
    const missing = values.includes('true');
    return (context) => (valuesOf(context, key) === undefined) === missing;
  }
  const operator = OPERATORS[name];
  if (!operator) throw new Error(`the condition operator ${text} is not supported.`);
  if (!set && hasManyValues(key))
    throw new Error(`${key} can have several values, so ${text} needs ForAllValues or ForAnyValue.`);
  const tests = values.map(operator.compare);
  const holds = (value: string) => tests.some((test) => test(value)) !== operator.negated;
  return (context) => {
    const actual = valuesOf(context, key);
    // A key that is missing matches `ForAllValues`, negated operators, and `…IfExists`, as in AWS.
    if (actual === undefined || actual.length === 0)
      return set === 'ForAllValues' || (!set && (operator.negated || ifExists !== undefined));
    return set === 'ForAnyValue' ? actual.some(holds) : actual.every(holds);
  };
}
