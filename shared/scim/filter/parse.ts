import { isAttributePath } from '../attribute-path';
import type { ComparisonOperator, ComparisonValue, Filter } from './ast';
import { excerpt, Lexer, syntaxError, type Punctuation, type Token } from './lexer';

// These limits are far beyond what any client sends. They bound the time and the stack that a filter can use.
/** Maximum length of a filter, in UTF-16 units. */
export const MAX_LENGTH = 8192;
/** Maximum nesting of parentheses and brackets. */
export const MAX_DEPTH = 32;
/** Maximum number of comparisons in a filter. */
export const MAX_TERMS = 200;

const COMPARISONS: readonly ComparisonOperator[] = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'];
/** The operators by their spelling. Nearly all clients send them in lower case. */
const OPERATORS: ReadonlyMap<string, ComparisonOperator | 'pr'> = new Map(
  [...COMPARISONS, 'pr' as const].map((name) => [name, name]),
);
const KEYWORDS: ReadonlySet<string> = new Set(['and', 'or', 'not']);
const MAX_KEYWORD_LENGTH = 3;
const LITERALS: ReadonlyMap<string, ComparisonValue> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/**
 * Parses a filter (RFC 7644 §3.4.2.2, figure 1). Reads Microsoft's `emails[type eq "work"].value eq "x"` as
 * `emails[type eq "work" and value eq "x"]`. Throws only `invalidFilter`.
 */
export function parseFilter(text: string): Filter {
  if (text.length > MAX_LENGTH) {
    throw syntaxError(
      MAX_LENGTH,
      `a filter can have at most ${MAX_LENGTH} characters. Use a shorter filter.`,
    );
  }
  return new FilterParser(new Lexer(text)).parse();
}

/** A recursive descent parser with one method for each level of precedence. `depth` bounds the recursion. */
class FilterParser {
  /** The token that the parser has not taken yet. */
  private token: Token;
  private depth = 0;
  private terms = 0;

  constructor(private readonly lexer: Lexer) {
    this.token = lexer.next();
  }

  parse(): Filter {
    const filter = this.disjunction(false);
    if (this.token.kind !== 'end') throw unexpected(this.token, 'Join two conditions with "and" or "or".');
    return filter;
  }

  private disjunction(inValuePath: boolean): Filter {
    const first = this.conjunction(inValuePath);
    if (!this.isWord('or')) return first;
    const operands = [first];
    while (this.takeWord('or')) operands.push(this.conjunction(inValuePath));
    return { kind: 'or', operands };
  }

  /** Parses operands joined by `and`. `a and b and c` becomes one node with three operands. */
  private conjunction(inValuePath: boolean): Filter {
    const first = this.term(inValuePath);
    if (!this.isWord('and')) return first;
    const operands = [first];
    while (this.takeWord('and')) operands.push(this.term(inValuePath));
    return { kind: 'and', operands };
  }

  private term(inValuePath: boolean): Filter {
    if (this.token.kind === '(') return this.enclosed('(', ')', inValuePath);
    if (this.takeWord('not')) return { kind: 'not', operand: this.enclosed('(', ')', inValuePath) };
    const name = this.take();
    const path = attributePath(name);
    const bracket = this.token;
    if (bracket.kind !== '[') return this.test(path);
    if (inValuePath)
      throw unexpected(bracket, 'Use an operator; a filter in brackets cannot contain another one.');
    return this.valuePath(path);
  }

  private valuePath(path: string): Filter {
    const filter = this.enclosed('[', ']', true);
    const { token } = this;
    if (token.kind !== 'word' || !token.text.startsWith('.')) return { kind: 'valuePath', path, filter };
    this.take();
    const test = this.test(subAttributeName(token));
    // The element must match the whole bracket, so an `or` in it stays one operand.
    const operands = filter.kind === 'and' ? [...filter.operands, test] : [filter, test];
    return { kind: 'valuePath', path, filter: { kind: 'and', operands } };
  }

  /** Parses what follows an attribute path: `pr`, or an operator and a value. */
  private test(path: string): Filter {
    const token = this.take();
    this.terms++;
    if (this.terms > MAX_TERMS) {
      throw syntaxError(
        token.at,
        `a filter can have at most ${MAX_TERMS} comparisons. Use fewer comparisons.`,
      );
    }
    const operator = token.kind === 'word' ? operatorOf(token.text) : '';
    if (operator === 'pr') return { kind: 'present', path };
    if (operator === '') {
      throw unexpected(token, `Use an operator after ${excerpt(path)}: ${COMPARISONS.join(', ')}, or pr.`);
    }
    return {
      kind: 'comparison',
      path,
      operator,
      value: comparisonValue(this.take(), operator),
    };
  }

  private enclosed(open: Punctuation, close: Punctuation, inValuePath: boolean): Filter {
    const opening = this.take();
    if (opening.kind !== open)
      throw unexpected(opening, `Use ${open} after not, as in not (active eq true).`);
    this.depth++;
    if (this.depth > MAX_DEPTH) {
      throw syntaxError(
        opening.at,
        `a filter can nest at most ${MAX_DEPTH} parentheses and brackets. Use fewer levels.`,
      );
    }
    const filter = this.disjunction(inValuePath);
    const closing = this.take();
    if (closing.kind !== close) {
      throw unexpected(closing, `Use "and", "or", or the ${close} that closes position ${opening.at + 1}.`);
    }
    this.depth--;
    return filter;
  }

  private takeWord(word: string): boolean {
    const found = this.isWord(word);
    if (found) this.take();
    return found;
  }

  private isWord(word: string): boolean {
    const { kind, text } = this.token;
    return kind === 'word' && (text === word || (text.length === word.length && text.toLowerCase() === word));
  }

  private take(): Token {
    const { token } = this;
    if (token.kind !== 'end') this.token = this.lexer.next();
    return token;
  }
}

/** Returns an operator by its name in any case; empty if there is none. */
const operatorOf = (text: string): ComparisonOperator | 'pr' | '' =>
  OPERATORS.get(text) ?? OPERATORS.get(text.toLowerCase()) ?? '';

function attributePath(token: Token): string {
  const { kind, text } = token;
  if (kind === 'word' && isAttributePath(text) && !isKeyword(text)) return text;
  throw unexpected(token, 'Use an attribute, such as userName or emails.value, or a parenthesis.');
}

const isKeyword = (text: string): boolean =>
  text.length <= MAX_KEYWORD_LENGTH && KEYWORDS.has(text.toLowerCase());

function subAttributeName(token: Token): string {
  const name = token.text.slice(1);
  if (isAttributePath(name) && !/[.:]/.test(name)) return name;
  throw unexpected(token, 'Use a sub-attribute after ], such as .value.');
}

function comparisonValue(token: Token, operator: string): ComparisonValue {
  if (token.kind === 'string' || token.kind === 'number') return token.value;
  const { text } = token;
  const literal = token.kind === 'word' ? LITERALS.get(text.toLowerCase()) : undefined;
  if (literal !== undefined) return literal;
  // If an unquoted value matched nothing, the client would create a duplicate.
  if (token.kind === 'word') {
    throw syntaxError(
      token.at,
      `the value ${excerpt(text)} is not in double quotes. Use "${excerpt(withoutQuotes(text))}".`,
    );
  }
  throw unexpected(
    token,
    `Use a value after ${operator}: a string in double quotes, a number, true, false, or null.`,
  );
}

const withoutQuotes = (text: string): string => text.replace(/^'|'$/g, '');

/**
 * Creates the error for a token that the grammar does not allow here. `advice` is a sentence that says what
 * to write.
 */
function unexpected(token: Token, advice: string) {
  const problem = token.kind === 'end' ? 'the filter ends too early.' : `unexpected ${excerpt(token.text)}.`;
  return syntaxError(token.at, `${problem} ${advice}`);
}
