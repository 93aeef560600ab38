import type { TokenReader } from '../../../host/token-reader';

/** A log event or a row of results, by the names of its fields. */
export type Row = Readonly<Record<string, unknown>>;

/** An expression, with the fields that it uses. */
export interface Expression {
  readonly fields: readonly string[];
  /** The name of its column. */
  readonly text: string;
  readonly evaluate: (row: Row) => unknown;
}

type Binary = (left: unknown, right: unknown) => unknown;

const number = (value: unknown): number =>
  typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');

/** Texts that are numbers compare as numbers. */
function compare(left: unknown, right: unknown): number {
  const [a, b] = [number(left), number(right)];
  if (!Number.isNaN(a) && !Number.isNaN(b)) return a - b;
  if (left === undefined || right === undefined) return NaN;
  const [s, t] = [textOf(left), textOf(right)];
  return s < t ? -1 : s > t ? 1 : 0;
}

const COMPARISONS: Readonly<Record<string, Binary>> = {
  '=': (left, right) => left !== undefined && compare(left, right) === 0,
  // A field that an event does not have differs from everything.
  '!=': (left, right) => compare(left, right) !== 0,
  '<': (left, right) => compare(left, right) < 0,
  '<=': (left, right) => compare(left, right) <= 0,
  '>': (left, right) => compare(left, right) > 0,
  '>=': (left, right) => compare(left, right) >= 0,
};

const SUMS: Readonly<Record<string, Binary>> = {
  '+': (left, right) => number(left) + number(right),
  '-': (left, right) => number(left) - number(right),
};
const PRODUCTS: Readonly<Record<string, Binary>> = {
  '*': (left, right) => number(left) * number(right),
  '/': (left, right) => number(left) / number(right),
  '%': (left, right) => number(left) % number(right),
};

const FUNCTIONS: Readonly<Record<string, (parameters: readonly unknown[]) => unknown>> = {
  ispresent: ([value]) => value !== undefined,
  coalesce: (values) => values.find((value) => value !== undefined),
  concat: (values) => values.map((value) => textOf(value ?? '')).join(''),
  strcontains: ([text, part]) => String(text).includes(String(part)),
  tolower: ([text]) => String(text).toLowerCase(),
};

/** Reads an expression (CloudWatch Logs User Guide, "Supported operations and functions"). */
export function readExpression(tokens: TokenReader): Expression {
  return readLogical(tokens, 'or', () =>
    readLogical(tokens, 'and', () =>
      tokens.take('not') ? negate(readComparison(tokens)) : readComparison(tokens),
    ),
  );
}

function readLogical(tokens: TokenReader, word: 'or' | 'and', read: () => Expression): Expression {
  let left = read();
  while (tokens.take(word)) {
    const right = read();
    const [first, second] = [left, right];
    left = {
      fields: [...first.fields, ...second.fields],
      text: `${first.text} ${word} ${second.text}`,
      evaluate: (row) =>
        word === 'or'
          ? Boolean(first.evaluate(row)) || Boolean(second.evaluate(row))
          : Boolean(first.evaluate(row)) && Boolean(second.evaluate(row)),
    };
  }
  return left;
}

const negate = ({ fields, text, evaluate }: Expression): Expression => ({
  fields,
  text: `not ${text}`,
  evaluate: (row) => !evaluate(row),
});

function readComparison(tokens: TokenReader): Expression {
  const left = readBinary(tokens, SUMS, () => readBinary(tokens, PRODUCTS, () => readPrimary(tokens)));
  const isNegated = tokens.peek(1).toLowerCase() !== '' && tokens.peek().toLowerCase() === 'not';
  if (isNegated) tokens.next();
  const result = readMatch(tokens, left);
  if (isNegated && result === left) tokens.fail();
  return isNegated ? negate(result) : result;
}

function readMatch(tokens: TokenReader, left: Expression): Expression {
  const comparison = COMPARISONS[tokens.peek()];
  if (comparison) {
    tokens.next();
    return binary(
      left,
      comparison,
      readBinary(tokens, SUMS, () => readPrimary(tokens)),
    );
  }
  if (tokens.take('in')) {
    const values: Expression[] = [];
    tokens.expect('[');
    while (!tokens.take(']')) {
      if (values.length > 0) tokens.expect(',');
      values.push(readPrimary(tokens));
    }
    return {
      ...left,
      evaluate: (row) => values.some((value) => compare(left.evaluate(row), value.evaluate(row)) === 0),
    };
  }
  if (tokens.take('like') || tokens.take('=~')) {
    const pattern = tokens.next();
    const isMatch = likeOf(pattern) ?? tokens.fail();
    return { ...left, evaluate: (row) => isMatch(left.evaluate(row)) };
  }
  return left;
}

/** A regular expression is between slashes; a text must be contained. */
function likeOf(pattern: string): ((value: unknown) => boolean) | undefined {
  const [, source, flags] = /^\/(.*)\/(i?)$/s.exec(pattern) ?? [];
  if (source !== undefined) {
    const expression = new RegExp(source, flags);
    return (value) => value !== undefined && expression.test(textOf(value));
  }
  if (!/^["']/.test(pattern)) return undefined;
  const part = unquote(pattern);
  return (value) => value !== undefined && textOf(value).includes(part);
}

function readBinary(
  tokens: TokenReader,
  operators: Readonly<Record<string, Binary>>,
  read: () => Expression,
): Expression {
  let left = read();
  for (let operator = operators[tokens.peek()]; operator; operator = operators[tokens.peek()]) {
    tokens.next();
    left = binary(left, operator, read());
  }
  return left;
}

const binary = (left: Expression, operation: Binary, right: Expression): Expression => ({
  fields: [...left.fields, ...right.fields],
  text: `${left.text} ${right.text}`,
  evaluate: (row) => operation(left.evaluate(row), right.evaluate(row)),
});

function readPrimary(tokens: TokenReader): Expression {
  if (tokens.take('(')) {
    const inner = readExpression(tokens);
    tokens.expect(')');
    return inner;
  }
  const token = tokens.next();
  if (/^["']/.test(token)) return constant(unquote(token));
  if (/^\d/.test(token)) return constant(Number(token));
  if (!/^[@A-Za-z_`]/.test(token)) tokens.fail();
  if (tokens.peek() === '(') return readCall(tokens, token.toLowerCase());
  const name = token.replace(/`/g, '');
  return { fields: [name], text: name, evaluate: (row) => row[name] };
}

function readCall(tokens: TokenReader, name: string): Expression {
  const run = FUNCTIONS[name] ?? tokens.fail();
  tokens.expect('(');
  const parameters: Expression[] = [];
  while (!tokens.take(')')) {
    if (parameters.length > 0) tokens.expect(',');
    parameters.push(readExpression(tokens));
  }
  return {
    fields: parameters.flatMap(({ fields }) => fields),
    text: `${name}(${parameters.map(({ text }) => text).join(', ')})`,
    evaluate: (row) => run(parameters.map((parameter) => parameter.evaluate(row))),
  };
}

const constant = (value: string | number): Expression => ({
  fields: [],
  text: String(value),
  evaluate: () => value,
});

const unquote = (token: string): string => token.slice(1, -1).replace(/\\(.)/g, '$1');

/** Compares two values for a sort. Missing values come first. */
export const compareValues = (left: unknown, right: unknown): number =>
  Number(left !== undefined) - Number(right !== undefined) || compare(left, right) || 0;

export const numberOf = number;
