import { UserError } from '../../../host/user-error';

/** A metric math expression. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'negative'; readonly of: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: Operator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'call'; readonly name: string; readonly parameters: readonly Expression[] };

export type Operator = '+' | '-' | '*' | '/' | '^' | '<' | '>' | '<=' | '>=' | '==' | '!=' | 'AND' | 'OR';

/** The operators by precedence, weakest first. */
const LEVELS: readonly (readonly Operator[])[] = [
  ['OR'],
  ['AND'],
  ['==', '!='],
  ['<', '>', '<=', '>='],
  ['+', '-'],
  ['*', '/'],
  ['^'],
];

const TOKEN = /\s*(\d+(?:\.\d+)?|[A-Za-z_]\w*|<=|>=|==|!=|&&|\|\||[-+*/^<>(),[\]]|"[^"]*"|'[^']*')/y;
const SYNONYMS: Readonly<Record<string, string>> = { '&&': 'AND', '||': 'OR' };

/** Parses an expression of metric math (CloudWatch User Guide, "Using math expressions"). */
export function parseExpression(text: string): Expression {
  const parser = new Parser(text, tokensOf(text));
  const expression = parser.expression();
  parser.end();
  return expression;
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const at = TOKEN.lastIndex;
    const [, token] = TOKEN.exec(text) ?? [];
    if (token === undefined)
      throw new UserError(`Metric math cannot be read at "${text.slice(at)}": ${text}`);
    tokens.push(SYNONYMS[token] ?? token);
  }
  return tokens;
}

class Parser {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly tokens: readonly string[],
  ) {}

  expression(level = 0): Expression {
    const operators = LEVELS[level];
    if (!operators) return this.unary();
    let left = this.expression(level + 1);
    for (;;) {
      const operator = operators.find((each) => each === this.tokens[this.at]);
      if (!operator) return left;
      this.at += 1;
      left = { kind: 'binary', operator, left, right: this.expression(level + 1) };
    }
  }

  end(): void {
    if (this.at < this.tokens.length) this.fail();
  }

  private unary(): Expression {
    if (this.tokens[this.at] !== '-') return this.primary();
    this.at += 1;
    return { kind: 'negative', of: this.unary() };
  }

  private primary(): Expression {
    const token = this.tokens[this.at] ?? this.fail();
    this.at += 1;
    if (/^\d/.test(token)) return { kind: 'number', value: Number(token) };
    if (/^["']/.test(token)) return { kind: 'text', value: token.slice(1, -1) };
    if (token === '[') return { kind: 'list', items: this.items(']') };
    if (token === '(') {
      const inner = this.expression();
      this.expect(')');
      return inner;
    }
    if (!/^[A-Za-z_]/.test(token)) this.fail();
    if (this.tokens[this.at] !== '(') return { kind: 'name', name: token };
    this.at += 1;
    return { kind: 'call', name: token.toUpperCase(), parameters: this.items(')') };
  }

  private items(close: string): Expression[] {
    const items: Expression[] = [];
    while (this.tokens[this.at] !== close) {
      if (items.length > 0) this.expect(',');
      items.push(this.expression());
    }
    this.at += 1;
    return items;
  }

  private expect(token: string): void {
    if (this.tokens[this.at] !== token) this.fail();
    this.at += 1;
  }

  private fail(): never {
    throw new UserError(`Metric math cannot be read at "${this.tokens[this.at] ?? 'its end'}": ${this.text}`);
  }
}
