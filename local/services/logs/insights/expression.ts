import { UserError } from '../../../host/user-error';
import { FUNCTIONS, milliseconds } from './functions';
import type { Token } from './tokens';
import { compare, type Fields, isTrue, numberOf, type Value } from './values';

/** Computes a value from the fields of a line. */
export type Expression = (fields: Fields) => Value;

const COMPARISONS: Readonly<Record<string, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '^': (a, b) => a ** b,
};
const ARITHMETIC_LEVELS = [['+', '-'], ['*', '/', '%'], ['^']];

/** Reads the tokens of a command from left to right. */
export class Reader {
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  isAtEnd(): boolean {
    return this.at >= this.tokens.length;
  }

  /** Takes the next token if it is one of these words or symbols, whatever its case. */
  take(...words: readonly string[]): string | undefined {
    const token = this.tokens[this.at];
    if (!token || (token.kind !== 'name' && token.kind !== 'symbol')) return undefined;
    const word = words.find((each) => each === token.text.toLowerCase());
    if (word !== undefined) this.at++;
    return word;
  }

  expect(word: string): void {
    if (this.take(word) === undefined) throw this.error(`"${word}"`);
  }

  next(...kinds: readonly Token['kind'][]): Token {
    const token = this.tokens[this.at];
    if (!token || !kinds.includes(token.kind)) throw this.error(kinds.join(' or '));
    this.at++;
    return token;
  }

  /** The text of the tokens since a position, which names a column without an alias. */
  textSince(start: number): string {
    return this.tokens
      .slice(start, this.at)
      .map(({ text }) => text)
      .join('');
  }

  get position(): number {
    return this.at;
  }

  expression(): Expression {
    let left = this.conjunction();
    while (this.take('or')) {
      const [a, b] = [left, this.conjunction()];
      left = (fields) => isTrue(a(fields)) || isTrue(b(fields));
    }
    return left;
  }

  private conjunction(): Expression {
    let left = this.negation();
    while (this.take('and')) {
      const [a, b] = [left, this.negation()];
      left = (fields) => isTrue(a(fields)) && isTrue(b(fields));
    }
    return left;
  }

  private negation(): Expression {
    if (!this.take('not')) return this.comparison();
    const of = this.negation();
    return (fields) => !isTrue(of(fields));
  }

  private comparison(): Expression {
    const left = this.arithmetic(0);
    const symbol = this.take(...Object.keys(COMPARISONS));
    if (symbol) {
      const right = this.arithmetic(0);
      return (fields) => {
        const [a, b] = [left(fields), right(fields)];
        return a !== undefined && b !== undefined && (COMPARISONS[symbol]?.(compare(a, b)) ?? false);
      };
    }
    const isNegated = this.take('not') !== undefined;
    const matches = this.membership(left) ?? this.match(left);
    if (!matches) {
      if (isNegated) throw this.error('"in" or "like"');
      return left;
    }
    return isNegated ? (fields) => !isTrue(matches(fields)) : matches;
  }

  private membership(left: Expression): Expression | undefined {
    if (!this.take('in')) return undefined;
    this.expect('[');
    const items = this.list(']');
    return (fields) => items.some((item) => compare(left(fields), item(fields)) === 0);
  }

  private match(left: Expression): Expression | undefined {
    if (!this.take('like', '=~')) return undefined;
    const { kind, text } = this.next('text', 'regex');
    if (kind === 'text') return (fields) => String(left(fields) ?? '').includes(text);
    const [flags, ...source] = text.split(':');
    const pattern = new RegExp(source.join(':'), flags);
    return (fields) => pattern.test(String(left(fields) ?? ''));
  }

  private arithmetic(level: number): Expression {
    const symbols = ARITHMETIC_LEVELS[level];
    if (!symbols) return this.operand();
    let left = this.arithmetic(level + 1);
    for (let symbol = this.take(...symbols); symbol; symbol = this.take(...symbols)) {
      const [a, b, run] = [left, this.arithmetic(level + 1), ARITHMETIC[symbol]];
      left = (fields) => {
        const [x, y] = [numberOf(a(fields)), numberOf(b(fields))];
        return x === undefined || y === undefined ? undefined : run?.(x, y);
      };
    }
    return left;
  }

  private operand(): Expression {
    if (this.take('(')) {
      const inner = this.expression();
      this.expect(')');
      return inner;
    }
    if (this.take('-')) {
      const of = this.operand();
      return (fields) => -(numberOf(of(fields)) ?? 0);
    }
    const { kind, text } = this.next('number', 'text', 'name', 'duration');
    if (kind === 'duration') return () => milliseconds(text);
    if (kind === 'number') return () => Number(text);
    if (kind === 'text') return () => text;
    return this.take('(') ? this.call(text) : (fields) => fields.get(text);
  }

  private call(name: string): Expression {
    const run = FUNCTIONS[name.toLowerCase()];
    if (!run) throw new UserError(`The local Logs Insights does not know the function ${name}.`);
    const parameters = this.list(')');
    return (fields) =>
      run(
        parameters.map((each) => each(fields)),
        fields,
      );
  }

  /** Reads expressions with commas up to a closing bracket. */
  list(end: string): Expression[] {
    const items: Expression[] = [];
    while (!this.take(end)) {
      items.push(this.expression());
      if (this.take(',') === undefined) {
        this.expect(end);
        break;
      }
    }
    return items;
  }

  error(expected: string): UserError {
    const rest = this.tokens.slice(this.at).map(({ text }) => text);
    return new UserError(`The query of logs needs ${expected} before "${rest.join(' ')}".`);
  }
}
