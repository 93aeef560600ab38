import { type Language, TokenReader } from '../../host/token-reader';
import { UserError } from '../../host/user-error';

/** Returns whether a log line matches a pattern. */
export type LinePredicate = (line: string) => boolean;

type Predicate = (members: unknown) => boolean;

const PATTERN: Language = {
  name: 'filter pattern',
  token: /\s*(&&|\|\||!=|<=|>=|[()=<>]|"[^"]*"|[^\s()=<>!&|"]+)/y,
};

/**
 * Returns the predicate of a filter pattern for JSON lines, such as
 * `{ $.status = "5*" && $.error NOT EXISTS }` (CloudWatch Logs User Guide, "Filter pattern syntax"). The
 * empty pattern matches every line.
 */
export function parseFilterPattern(pattern: string): LinePredicate {
  const text = pattern.trim();
  if (text === '') return () => true;
  const [, inner] = /^\{(.*)\}$/s.exec(text) ?? [];
  if (inner === undefined)
    throw new UserError(`The local cloud supports filter patterns for JSON only, not ${pattern}`);
  const predicate = new Parser(new TokenReader(inner, PATTERN)).parse();
  return (line) => {
    const members = parseJson(line);
    return members !== undefined && predicate(members);
  };
}

/** Returns the member of a JSON line at a selector such as `$.a.b`. */
export function select(members: unknown, selector: string): unknown {
  let value = members;
  for (const key of selector.replace(/^\$\.?/, '').split('.')) {
    if (key === '') continue;
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  }
  return value;
}

/** Returns the object in a line; undefined if the line is not a JSON object. */
export function parseJson(line: string): object | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as object;
  } catch {
    return undefined;
  }
}

class Parser {
  constructor(private readonly tokens: TokenReader) {}

  parse(): Predicate {
    const predicate = this.any();
    this.tokens.end();
    return predicate;
  }

  private any(): Predicate {
    const parts = [this.all()];
    while (this.tokens.take('||')) parts.push(this.all());
    return (members) => parts.some((matches) => matches(members));
  }

  private all(): Predicate {
    const parts = [this.comparison()];
    while (this.tokens.take('&&')) parts.push(this.comparison());
    return (members) => parts.every((matches) => matches(members));
  }

  private comparison(): Predicate {
    if (this.tokens.take('(')) {
      const inner = this.any();
      this.tokens.expect(')');
      return inner;
    }
    const selector = this.tokens.next();
    if (!selector.startsWith('$')) this.tokens.fail();
    const operator = this.tokens.next();
    if (operator === 'NOT' && this.tokens.take('EXISTS'))
      return (members) => select(members, selector) === undefined;
    if (operator === 'IS') return this.is(selector, this.tokens.next());
    const operand = this.tokens.next();
    const compare = comparisonOf(operator, operand);
    if (!compare) this.tokens.fail();
    return (members) => compare(select(members, selector));
  }

  private is(selector: string, constant: string): Predicate {
    const expected = { TRUE: true, FALSE: false, NULL: null }[constant];
    if (expected === undefined) this.tokens.fail();
    return (members) => select(members, selector) === expected;
  }
}

/** Texts are equal to a pattern with wildcards; numbers compare by their size. */
function comparisonOf(operator: string, operand: string): ((value: unknown) => boolean) | undefined {
  const number = Number(operand);
  const isNumber = !operand.startsWith('"') && !Number.isNaN(number);
  const text = new RegExp(
    `^${operand
      .replace(/^"|"$/g, '')
      .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')}$`,
    's',
  );
  const isEqual = (value: unknown) =>
    isNumber ? Number(value) === number : typeof value === 'string' && text.test(value);
  switch (operator) {
    case '=':
      return (value) => value !== undefined && isEqual(value);
    case '!=':
      return (value) => value !== undefined && !isEqual(value);
    case '<':
      return (value) => isNumber && Number(value) < number;
    case '>':
      return (value) => isNumber && Number(value) > number;
    case '<=':
      return (value) => isNumber && Number(value) <= number;
    case '>=':
      return (value) => isNumber && Number(value) >= number;
    default:
      return undefined;
  }
}
