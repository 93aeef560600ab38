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

/** `+` counts as white space: clients encode the query as a form, and not every gateway decodes it. */
const WHITE_SPACE = /[ \t\r\n+]+/y;
const PUNCTUATION = /[()[\]]/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?=[ \t\r\n+()[\]"]|$)/y;
const WORD = /[^ \t\r\n+()[\]"]+/y;
const PLAIN_CHARACTERS = /[^"\\\u0000-\u001f]*/y; // eslint-disable-line no-control-regex -- forbidden by JSON
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;

/** Creates the 400 for a filter that cannot be read. The position in its detail counts from 1. */
export const syntaxError = (at: number, problem: string): ScimError =>
  ScimError.invalidFilter(`The filter cannot be read at position ${at + 1}: ${problem}`);

/**
 * Splits a filter into tokens. The last token is `end`. Throws `invalidFilter` for a malformed string or
 * number.
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    at += matchAt(WHITE_SPACE, text, at)?.length ?? 0;
    if (at === text.length) break;
    const token = tokenAt(text, at);
    tokens.push(token);
    at += token.text.length;
  }
  tokens.push({ kind: 'end', at, text: '' });
  return tokens;
}

function tokenAt(text: string, at: number): Token {
  const punctuation = matchAt(PUNCTUATION, text, at);
  if (punctuation) return { kind: punctuation as Punctuation, at, text: punctuation };
  if (text[at] === '"') return stringAt(text, at);
  const number = matchAt(NUMBER, text, at);
  if (number) return { kind: 'number', at, text: number, value: numberOf(number, at) };
  return { kind: 'word', at, text: matchAt(WORD, text, at) ?? '' };
}

function numberOf(text: string, at: number): number {
  const value = Number(text);
  if (!Number.isFinite(value))
    throw syntaxError(at, `the number ${excerpt(text)} is too large. Use a smaller number.`);
  return value === 0 ? 0 : value; // -0 compares like 0 but does not print like it
}

/** Reads a JSON string (RFC 7159 §7) piece by piece, so that an error can name its position. */
function stringAt(text: string, at: number): Token {
  let end = at + 1;
  for (;;) {
    end += matchAt(PLAIN_CHARACTERS, text, end)?.length ?? 0;
    if (text[end] === '"') break;
    if (end === text.length)
      throw syntaxError(at, 'the string that starts here has no closing quote. Add a double quote.');
    const escape = matchAt(ESCAPE, text, end);
    if (!escape) {
      throw syntaxError(
        end,
        text[end] === '\\'
          ? 'the backslash does not start a JSON escape sequence. Use one, such as \\", \\\\, or \\u00e9.'
          : 'a string must not contain a control character. Use a JSON escape sequence, such as \\n or \\u0009.',
      );
    }
    end += escape.length;
  }
  const literal = text.slice(at, end + 1);
  return { kind: 'string', at, text: literal, value: JSON.parse(literal) as string };
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** Shortens the client's text so that an error can quote it. */
export const excerpt = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
