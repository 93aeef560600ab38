import { UserError } from '../../../host/user-error';

/** A token of a query of Logs Insights. */
export interface Token {
  readonly kind: 'number' | 'text' | 'regex' | 'name' | 'symbol' | 'duration';
  readonly text: string;
}

const PATTERNS: readonly (readonly [Token['kind'], RegExp])[] = [
  ['duration', /(\d+)(ms|s|m|h|d|w)\b/y],
  ['number', /\d+(?:\.\d+)?/y],
  ['text', /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/y],
  ['name', /`([^`]+)`/y],
  ['name', /[@A-Za-z_][\w@.]*/y],
  ['symbol', /<=|>=|!=|=~|[=<>+\-*/%^(),[\]]/y],
];
const REGEX = /\/((?:[^/\\]|\\.)+)\/(i?)/y;

/** Splits a command into tokens. A slash begins a regular expression after `like`, `=~`, and a field of `parse`. */
export function tokensOf(text: string, regexAt: (before: Token | undefined) => boolean): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    at += /^\s*/.exec(text.slice(at))?.[0].length ?? 0;
    if (at >= text.length) return tokens;
    const token = tokenAt(text, at, regexAt(tokens.at(-1)));
    if (!token) throw new UserError(`The query of logs cannot be read at "${text.slice(at)}".`);
    tokens.push(token.token);
    at = token.end;
  }
}

function tokenAt(text: string, at: number, mayBeRegex: boolean): { token: Token; end: number } | undefined {
  if (mayBeRegex) {
    REGEX.lastIndex = at;
    const found = REGEX.exec(text);
    if (found)
      return { token: { kind: 'regex', text: `${found[2] ?? ''}:${found[1] ?? ''}` }, end: REGEX.lastIndex };
  }
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (!found) continue;
    const inner = kind === 'text' ? (found[1] ?? found[2] ?? '').replace(/\\(.)/g, '$1') : found[0];
    const value = kind === 'name' ? inner.replace(/`/g, '') : inner;
    return { token: { kind, text: value }, end: pattern.lastIndex };
  }
  return undefined;
}

/** Splits a query at the pipes outside of texts and regular expressions. */
export function commandsOf(query: string): string[] {
  const commands: string[] = [];
  let current = '';
  for (const [part] of query.matchAll(
    /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|(?:like|=~|parse\s+[\w@.]+)\s*\/(?:[^/\\]|\\.)+\/|[^]/gi,
  )) {
    if (part === '|') {
      commands.push(current);
      current = '';
    } else current += part;
  }
  return [...commands, current].map((command) => command.trim()).filter((command) => command !== '');
}
