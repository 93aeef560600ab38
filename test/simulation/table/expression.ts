import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { compareValues, equalValues, hasElement, type StoredItem, typeOf } from './values';

/** An item, and the names and values that an expression refers to. */
export interface Scope {
  readonly item: StoredItem;
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, AttributeValue>>;
}

export type Operand = (scope: Scope) => AttributeValue | undefined;
type Test = (scope: Scope) => boolean;
export type Path = readonly string[];

const TOKEN = /\s*([#:]?\w+|<>|<=|>=|[=<>(),.+-])/gy;

/** Reads the tokens of an expression one after the other. Keywords are compared without regard to case. */
export class Tokens {
  private readonly tokens: readonly string[];
  private at = 0;

  constructor(private readonly expression: string) {
    this.tokens = [...expression.matchAll(TOKEN)].map(([, token = '']) => token);
    if (this.tokens.join('') !== expression.replace(/\s+/g, ''))
      throw new Error(`The simulated table cannot read the expression "${expression}".`);
  }

  get next(): string {
    return this.tokens[this.at] ?? '';
  }

  take(): string {
    return this.tokens[this.at++] ?? '';
  }

  /** Takes the next token if it is `token`. */
  accept(token: string): boolean {
    const isNext = this.next.toUpperCase() === token;
    if (isNext) this.at++;
    return isNext;
  }

  expect(token: string): void {
    if (!this.accept(token)) throw new Error(`"${token}" is missing in the expression "${this.expression}".`);
  }
}

/** Returns the names of a path such as `mailProblem.address`. */
export function readPath(tokens: Tokens): Path {
  const path = [tokens.take()];
  while (tokens.accept('.')) path.push(tokens.take());
  return path;
}

export const resolvePath = (path: Path, { names }: Scope): string[] =>
  path.map((part) => (part.startsWith('#') ? (names[part] ?? part) : part));

function valueAt(path: readonly string[], item: StoredItem): AttributeValue | undefined {
  const [first = '', ...rest] = path;
  const value = item[first];
  if (rest.length === 0 || value === undefined) return value;
  return value.M && valueAt(rest, value.M);
}

/** Reads an operand: a value, a path, or the size of one. */
export function readOperand(tokens: Tokens): Operand {
  if (tokens.next.startsWith(':')) {
    const name = tokens.take();
    return ({ values }) => values[name];
  }
  const path = readPath(tokens);
  if (path[0] !== 'size' || !tokens.accept('('))
    return (scope) => valueAt(resolvePath(path, scope), scope.item);
  const inner = readOperand(tokens);
  tokens.expect(')');
  return (scope) => sizeOf(inner(scope));
}

function sizeOf(value: AttributeValue | undefined): AttributeValue | undefined {
  const size =
    value?.S !== undefined ? Buffer.byteLength(value.S) : (value?.SS ?? value?.L ?? value?.NS)?.length;
  return size === undefined ? undefined : { N: String(size) };
}

const conditions = new Map<string, Test>();

/** Returns whether a condition or a filter holds. An absent one always does. */
export function holds(expression: string | undefined, scope: Scope): boolean {
  if (expression === undefined) return true;
  let test = conditions.get(expression);
  if (!test) {
    const tokens = new Tokens(expression);
    test = readOr(tokens);
    if (tokens.next !== '') throw new Error(`The end of the expression "${expression}" cannot be read.`);
    conditions.set(expression, test);
  }
  return test(scope);
}

function readOr(tokens: Tokens): Test {
  const tests = [readAnd(tokens)];
  while (tokens.accept('OR')) tests.push(readAnd(tokens));
  return tests.length === 1 ? (tests[0] as Test) : (scope) => tests.some((test) => test(scope));
}

function readAnd(tokens: Tokens): Test {
  const tests = [readNot(tokens)];
  while (tokens.accept('AND')) tests.push(readNot(tokens));
  return tests.length === 1 ? (tests[0] as Test) : (scope) => tests.every((test) => test(scope));
}

function readNot(tokens: Tokens): Test {
  if (tokens.accept('NOT')) {
    const test = readNot(tokens);
    return (scope) => !test(scope);
  }
  if (tokens.accept('(')) {
    const test = readOr(tokens);
    tokens.expect(')');
    return test;
  }
  return readFunction(tokens) ?? readComparison(tokens);
}

const FUNCTIONS: Readonly<Record<string, (value?: AttributeValue, operand?: AttributeValue) => boolean>> = {
  attribute_exists: (value) => value !== undefined,
  attribute_not_exists: (value) => value === undefined,
  attribute_type: (value, type) => value !== undefined && typeOf(value) === type?.S,
  begins_with: (value, start) =>
    value?.S !== undefined && start?.S !== undefined && value.S.startsWith(start.S),
  contains: (value, part) => value !== undefined && part !== undefined && hasElement(value, part),
};

function readFunction(tokens: Tokens): Test | undefined {
  const call = Object.hasOwn(FUNCTIONS, tokens.next) ? FUNCTIONS[tokens.next] : undefined;
  if (!call) return undefined;
  tokens.take();
  tokens.expect('(');
  const first = readOperand(tokens);
  const second = tokens.accept(',') ? readOperand(tokens) : undefined;
  tokens.expect(')');
  return (scope) => call(first(scope), second?.(scope));
}

const COMPARISONS: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

function readComparison(tokens: Tokens): Test {
  const left = readOperand(tokens);
  if (tokens.accept('BETWEEN')) {
    const lower = readOperand(tokens);
    tokens.expect('AND');
    const upper = readOperand(tokens);
    return (scope) =>
      isOrdered(left(scope), lower(scope), (order) => order >= 0) &&
      isOrdered(left(scope), upper(scope), (order) => order <= 0);
  }
  if (tokens.accept('IN')) {
    tokens.expect('(');
    const choices = [readOperand(tokens)];
    while (tokens.accept(',')) choices.push(readOperand(tokens));
    tokens.expect(')');
    return (scope) => choices.some((choice) => isEqual(left(scope), choice(scope)));
  }
  const operator = tokens.take();
  const right = readOperand(tokens);
  if (operator === '=') return (scope) => isEqual(left(scope), right(scope));
  if (operator === '<>') return (scope) => !isEqual(left(scope), right(scope));
  const matches = COMPARISONS[operator];
  if (!matches) throw new Error(`The simulated table does not know the comparison "${operator}".`);
  return (scope) => isOrdered(left(scope), right(scope), matches);
}

const isEqual = (left?: AttributeValue, right?: AttributeValue): boolean =>
  left !== undefined && right !== undefined && equalValues(left, right);

function isOrdered(
  left: AttributeValue | undefined,
  right: AttributeValue | undefined,
  matches: (order: number) => boolean,
): boolean {
  if (left === undefined || right === undefined) return false;
  const order = compareValues(left, right);
  return order !== undefined && matches(order);
}
