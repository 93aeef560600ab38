import { isAttributePath } from '../attribute-path';
import type { ComparisonOperator, ComparisonValue, Filter } from './ast';
import { excerpt, syntaxError, tokenize, type Punctuation, type Token } from './lexer';

/** Far beyond what any client sends; they bound the work and the stack that a filter can cost. */
export const MAX_LENGTH = 8192;
export const MAX_DEPTH = 32;
export const MAX_TERMS = 200;

const OPERATORS: ReadonlySet<string> = new Set(['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le']);
const KEYWORDS: ReadonlySet<string> = new Set(['and', 'or', 'not']);
const LITERALS: ReadonlyMap<string, ComparisonValue> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/**
 * Reads a filter (RFC 7644 §3.4.2.2, figure 1), and Microsoft's `emails[type eq "work"].value eq "x"` as
 * `emails[type eq "work" and value eq "x"]`. Throws `invalidFilter`, and nothing else, where it cannot.
 */
export function parseFilter(text: string): Filter {
  if (text.length > MAX_LENGTH) {
    throw syntaxError(MAX_LENGTH, `a filter has at most ${MAX_LENGTH} characters. Ask for less at a time.`);
  }
  return new FilterParser(tokenize(text)).parse();
}

/** Recursive descent: one method for each level of precedence. `depth` bounds the recursion. */
class FilterParser {
  private next = 0;
  private depth = 0;
  private terms = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  parse(): Filter {
    const filter = this.disjunction(false);
    const token = this.peek();
    if (token.kind !== 'end') throw unexpected(token, 'and, or, or the end of the filter');
    return filter;
  }

  private disjunction(inValuePath: boolean): Filter {
    return this.chain('or', () => this.conjunction(inValuePath));
  }

  private conjunction(inValuePath: boolean): Filter {
    return this.chain('and', () => this.term(inValuePath));
  }

  /** `a and b and c` is one node of three operands. */
  private chain(kind: 'and' | 'or', operand: () => Filter): Filter {
    const first = operand();
    const operands = [first];
    while (this.takeWord(kind)) operands.push(operand());
    return operands.length === 1 ? first : { kind, operands };
  }

  private term(inValuePath: boolean): Filter {
    if (this.peek().kind === '(') return this.enclosed('(', ')', inValuePath);
    if (this.takeWord('not')) return { kind: 'not', operand: this.enclosed('(', ')', inValuePath) };
    const name = this.take();
    const path = attributePath(name);
    const bracket = this.peek();
    if (bracket.kind !== '[') return this.test(path);
    if (inValuePath) throw unexpected(bracket, 'an operator: a value filter cannot hold another');
    return this.valuePath(path);
  }

  private valuePath(path: string): Filter {
    const filter = this.enclosed('[', ']', true);
    const token = this.peek();
    if (token.kind !== 'word' || !token.text.startsWith('.')) return { kind: 'valuePath', path, filter };
    this.take();
    const test = this.test(subAttributeName(token));
    // the whole bracket holds for the element, so an `or` in it stays together
    const operands = filter.kind === 'and' ? [...filter.operands, test] : [filter, test];
    return { kind: 'valuePath', path, filter: { kind: 'and', operands } };
  }

  /** What follows an attribute path: `pr`, or an operator and a value. */
  private test(path: string): Filter {
    const token = this.take();
    this.terms++;
    if (this.terms > MAX_TERMS) throw syntaxError(token.at, `a filter has at most ${MAX_TERMS} comparisons.`);
    const operator = token.kind === 'word' ? token.text.toLowerCase() : '';
    if (operator === 'pr') return { kind: 'present', path };
    if (!OPERATORS.has(operator)) {
      throw unexpected(token, `an operator (${[...OPERATORS].join(', ')} or pr) after ${excerpt(path)}`);
    }
    return {
      kind: 'comparison',
      path,
      operator: operator as ComparisonOperator,
      value: comparisonValue(this.take(), operator),
    };
  }

  private enclosed(open: Punctuation, close: Punctuation, inValuePath: boolean): Filter {
    const opening = this.take();
    if (opening.kind !== open) throw unexpected(opening, `${open} after not, as in not (active eq true)`);
    this.depth++;
    if (this.depth > MAX_DEPTH) {
      throw syntaxError(opening.at, `a filter nests at most ${MAX_DEPTH} parentheses and brackets.`);
    }
    const filter = this.disjunction(inValuePath);
    const closing = this.take();
    if (closing.kind !== close) {
      throw unexpected(closing, `and, or, or the ${close} that closes position ${opening.at + 1}`);
    }
    this.depth--;
    return filter;
  }

  private takeWord(word: string): boolean {
    const token = this.peek();
    const found = token.kind === 'word' && token.text.toLowerCase() === word;
    if (found) this.next++;
    return found;
  }

  private take(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.next++;
    return token;
  }

  private peek(): Token {
    return this.tokens[this.next] as Token; // `end` is never passed
  }
}

function attributePath(token: Token): string {
  const { kind, text } = token;
  if (kind === 'word' && isAttributePath(text) && !KEYWORDS.has(text.toLowerCase())) return text;
  throw unexpected(token, 'an attribute, such as userName or emails.value, or a parenthesis');
}

function subAttributeName(token: Token): string {
  const name = token.text.slice(1);
  if (isAttributePath(name) && !/[.:]/.test(name)) return name;
  throw unexpected(token, 'a sub-attribute after ], such as .value');
}

function comparisonValue(token: Token, operator: string): ComparisonValue {
  if (token.kind === 'string' || token.kind === 'number') return token.value;
  const { text } = token;
  const literal = token.kind === 'word' ? LITERALS.get(text.toLowerCase()) : undefined;
  if (literal !== undefined) return literal;
  // read as "no match", an unquoted value would make the client create a duplicate
  if (token.kind === 'word') {
    throw syntaxError(
      token.at,
      `put the value ${excerpt(text)} in double quotes: "${excerpt(withoutQuotes(text))}".`,
    );
  }
  throw unexpected(
    token,
    `a value after ${operator}: a string in double quotes, a number, true, false or null`,
  );
}

const withoutQuotes = (text: string): string => text.replace(/^'|'$/g, '');

function unexpected(token: Token, expected: string) {
  const found = token.kind === 'end' ? 'the filter ends' : `there is ${excerpt(token.text)}`;
  return syntaxError(token.at, `expected ${expected}, but ${found}.`);
}
