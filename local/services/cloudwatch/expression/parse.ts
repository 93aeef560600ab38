import { type Language, TokenReader } from '../../../host/token-reader';

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

const SYNONYMS: Readonly<Record<string, string>> = { '&&': 'AND', '||': 'OR' };
const METRIC_MATH: Language = {
  name: 'metric math',
  token: /\s*(\d+(?:\.\d+)?|[A-Za-z_]\w*|<=|>=|==|!=|&&|\|\||[-+*/^<>(),[\]]|"[^"]*"|'[^']*')/y,
  keywordOf: (token) => SYNONYMS[token] ?? token,
};

/** Parses an expression of metric math (CloudWatch User Guide, "Using math expressions"). */
export function parseExpression(text: string): Expression {
  const tokens = new TokenReader(text, METRIC_MATH);
  const expression = new Parser(tokens).expression();
  tokens.end();
  return expression;
}

class Parser {
  constructor(private readonly tokens: TokenReader) {}

  expression(level = 0): Expression {
    const operators = LEVELS[level];
    if (!operators) return this.unary();
    let left = this.expression(level + 1);
    for (;;) {
      const operator = operators.find((each) => this.tokens.take(each));
      if (!operator) return left;
      left = { kind: 'binary', operator, left, right: this.expression(level + 1) };
    }
  }

  private unary(): Expression {
    if (!this.tokens.take('-')) return this.primary();
    return { kind: 'negative', of: this.unary() };
  }

  private primary(): Expression {
    const token = this.tokens.next();
    if (/^\d/.test(token)) return { kind: 'number', value: Number(token) };
    if (/^["']/.test(token)) return { kind: 'text', value: token.slice(1, -1) };
    if (token === '[') return { kind: 'list', items: this.items(']') };
    if (token === '(') {
      const inner = this.expression();
      this.tokens.expect(')');
      return inner;
    }
    if (!/^[A-Za-z_]/.test(token)) this.tokens.fail();
    if (!this.tokens.take('(')) return { kind: 'name', name: token };
    return { kind: 'call', name: token.toUpperCase(), parameters: this.items(')') };
  }

  private items(close: string): Expression[] {
    const items: Expression[] = [];
    while (!this.tokens.take(close)) {
      if (items.length > 0) this.tokens.expect(',');
      items.push(this.expression());
    }
    return items;
  }
}
