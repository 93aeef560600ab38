import { ScimError } from '../error';

export type Punctuation = '(' | ')' | '[' | ']';

/** A token of a filter. `at` counts UTF-16 units from 0. `text` is the token as the client wrote it. */
export type Token = { readonly at: number; readonly text: string } & (
  | { readonly kind: Punctuation | 'end' }
  /**
   * A keyword, an operator, an attribute path, a literal such as `true`, or any other text without quotes.
   */
  | { readonly kind: 'word' }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
);

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const FIRST_PRINTABLE = 0x20;

/** The kind of token that a character begins or continues. A character outside of ASCII belongs to a word. */
const WORD = 0;
const WHITE_SPACE = 1;
const PUNCTUATION = 2;
const QUOTATION = 3;
/** Also a part of words. */
const NUMBER_START = 4;

/** `+` counts as white space: clients encode the query as a form, and not every gateway decodes it. */
const CLASSES = new Uint8Array(128);
for (const character of ' \t\r\n+') CLASSES[character.charCodeAt(0)] = WHITE_SPACE;
for (const character of '()[]') CLASSES[character.charCodeAt(0)] = PUNCTUATION;
for (const character of '-0123456789') CLASSES[character.charCodeAt(0)] = NUMBER_START;
CLASSES[QUOTE] = QUOTATION;

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?=[ \t\r\n+()[\]"]|$)/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;

/** Creates the 400 for a filter that cannot be read. The position in its detail counts from 1. */
export const syntaxError = (at: number, problem: string): ScimError =>
  ScimError.invalidFilter(`The filter cannot be read at position ${at + 1}: ${problem}`);

/**
 * Reads the tokens of a filter one by one. After the last one, every token is `end`. It compares the codes of
 * characters, which takes a fraction of the time of regular expressions.
 */
export class Lexer {
  private at = 0;

  constructor(private readonly text: string) {}

  /** Throws `invalidFilter` for a malformed string or number. */
  next(): Token {
    const { text } = this;
    while (this.at < text.length && this.classAt(this.at) === WHITE_SPACE) this.at++;
    const { at } = this;
    if (at === text.length) return { kind: 'end', at, text: '' };
    const token = this.tokenAt(at);
    this.at = at + token.text.length;
    return token;
  }

  private tokenAt(at: number): Token {
    switch (this.classAt(at)) {
      case PUNCTUATION: {
        const punctuation = this.text.charAt(at) as Punctuation;
        return { kind: punctuation, at, text: punctuation };
      }
      case QUOTATION:
        return this.stringAt(at);
      case NUMBER_START:
        return this.numberAt(at) ?? this.wordAt(at);
      default:
        return this.wordAt(at);
    }
  }

  private classAt(at: number): number {
    const unit = this.text.charCodeAt(at);
    return unit < CLASSES.length ? (CLASSES[unit] as number) : WORD;
  }

  private wordAt(at: number): Token {
    let end = at + 1;
    while (end < this.text.length) {
      const found = this.classAt(end);
      if (found !== WORD && found !== NUMBER_START) break;
      end++;
    }
    return { kind: 'word', at, text: this.text.slice(at, end) };
  }

  private numberAt(at: number): Token | undefined {
    const text = matchAt(NUMBER, this.text, at);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (!Number.isFinite(value))
      throw syntaxError(at, `the number ${excerpt(text)} is too large. Use a smaller number.`);
    // -0 compares like 0 but does not print like it.
    return { kind: 'number', at, text, value: value === 0 ? 0 : value };
  }

  /** Reads a JSON string (RFC 7159 §7) piece by piece, so that an error can name its position. */
  private stringAt(at: number): Token {
    const { text } = this;
    let isPlain = true;
    let end = at + 1;
    for (; text.charCodeAt(end) !== QUOTE; end++) {
      if (end >= text.length)
        throw syntaxError(at, 'the string that starts here has no closing quote. Add a double quote.');
      if (text.charCodeAt(end) === BACKSLASH) {
        isPlain = false;
        end += escapeAt(text, end).length - 1;
      } else if (text.charCodeAt(end) < FIRST_PRINTABLE) {
        throw syntaxError(
          end,
          'a string must not contain a control character. Use a JSON escape sequence, such as \\n or \\u0009.',
        );
      }
    }
    const literal = text.slice(at, end + 1);
    const value = isPlain ? text.slice(at + 1, end) : (JSON.parse(literal) as string);
    return { kind: 'string', at, text: literal, value };
  }
}

function escapeAt(text: string, at: number): string {
  const escape = matchAt(ESCAPE, text, at);
  if (escape !== undefined) return escape;
  throw syntaxError(
    at,
    'the backslash does not start a JSON escape sequence. Use one, such as \\", \\\\, or \\u00e9.',
  );
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** Shortens the client's text so that an error can quote it. */
export const excerpt = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
