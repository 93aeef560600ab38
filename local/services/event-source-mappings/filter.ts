/** A rule in the list of an event pattern, for example `"INSERT"` or `{ "suffix": "#LICENSE" }`. */
type Rule = (value: unknown, exists: boolean) => boolean;

type Pattern = (event: unknown) => boolean;

type Comparison = '<' | '<=' | '=' | '>' | '>=';

const COMPARE: Readonly<Record<Comparison, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '=': (a, b) => a === b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** Compiles the patterns of filter criteria. A record passes if one of them matches, or if there are none. */
export function compileFilters(patterns: readonly string[]): Pattern {
  const compiled = patterns.map((pattern) => compilePattern(JSON.parse(pattern)));
  return (event) => compiled.length === 0 || compiled.some((matches) => matches(event));
}

function compilePattern(pattern: unknown): Pattern {
  const parts = Object.entries(object(pattern)).map(([key, inner]): Pattern => {
    if (key === '$or') {
      const choices = list(inner).map(compilePattern);
      return (event) => choices.some((matches) => matches(event));
    }
    if (Array.isArray(inner)) {
      const rules = inner.map(compileRule);
      return (event) => rules.some((rule) => matchesAt(rule, event, key));
    }
    const nested = compilePattern(inner);
    return (event) => nested(isObject(event) ? event[key] : undefined);
  });
  return (event) => parts.every((matches) => matches(event));
}

/** A rule matches a list if it matches one of its elements. */
function matchesAt(rule: Rule, event: unknown, key: string): boolean {
  const exists = isObject(event) && Object.hasOwn(event, key);
  const value = exists ? event[key] : undefined;
  return Array.isArray(value) ? value.some((item) => rule(item, true)) : rule(value, exists);
}

function compileRule(rule: unknown): Rule {
  if (!isObject(rule)) return (value, exists) => exists && value === rule;
  const entries = Object.entries(rule);
  const [operator, argument] = entries[0] ?? [];
  if (entries.length !== 1)
    throw new Error(`A filter rule must have one operator, not ${JSON.stringify(rule)}.`);
  switch (operator) {
    case 'prefix':
      return onText((text) => text.startsWith(string(argument)));
    case 'suffix':
      return onText((text) => text.endsWith(string(argument)));
    case 'equals-ignore-case':
      return onText((text) => text.toLowerCase() === string(argument).toLowerCase());
    case 'exists':
      // Only a leaf exists; an object does not.
      return (value, exists) => (exists && !isObject(value)) === argument;
    case 'anything-but':
      return anythingBut(argument);
    case 'numeric':
      return numeric(list(argument));
    default:
      throw new Error(`The filter operator ${operator} is not supported.`);
  }
}

function anythingBut(argument: unknown): Rule {
  const rules = (Array.isArray(argument) ? argument : [argument]).map(compileRule);
  return (value, exists) => exists && !rules.some((rule) => rule(value, true));
}

function numeric(parts: readonly unknown[]): Rule {
  const conditions: ((value: number) => boolean)[] = [];
  for (let index = 0; index < parts.length; index += 2) {
    const [comparison, bound] = [parts[index] as Comparison, parts[index + 1]];
    const compare = COMPARE[comparison] as (typeof COMPARE)[Comparison] | undefined;
    if (!compare || typeof bound !== 'number')
      throw new Error(`A numeric filter rule is malformed: ${JSON.stringify(parts)}.`);
    conditions.push((value) => compare(value, bound));
  }
  // As in AWS, this never matches numbers of DynamoDB, which are strings in a stream record.
  return (value) => typeof value === 'number' && conditions.every((holds) => holds(value));
}

function onText(test: (text: string) => boolean): Rule {
  return (value) => typeof value === 'string' && test(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function object(value: unknown): Record<string, unknown> {
  if (isObject(value)) return value;
  throw new Error(`A filter pattern must be an object or a list, not ${JSON.stringify(value)}.`);
}

function list(value: unknown): unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  throw new Error(`A filter pattern must have a list here, not ${JSON.stringify(value)}.`);
}

function string(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new Error(`A filter rule must have a string here, not ${JSON.stringify(value)}.`);
}
