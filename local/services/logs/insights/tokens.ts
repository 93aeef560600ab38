import { UserError } from '../../../host/user-error';

const TOKEN =
  /\s*(?:#[^\n]*\n\s*)*(\/(?:\\.|[^/\\\n])+\/i?|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]+`|\d+[smhd]\b|\d+(?:\.\d+)?|@?[A-Za-z_][\w]*(?:\.[A-Za-z_@][\w]*)*|!=|<=|>=|=~|[|=<>(),[\]*+/%^-])/y;

/** Divides a query into its tokens. Throws a `UserError` if it cannot be read. */
function tokensOf(query: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < query.trimEnd().length) {
    const at = TOKEN.lastIndex;
    const [, token] = TOKEN.exec(query) ?? [];
    if (token === undefined) throw new UserError(`The query cannot be read at "${query.slice(at)}".`);
    tokens.push(token);
  }
  return tokens;
}

/** Reads tokens one after the other. Keywords are found in any case. */
export class TokenReader {
  private at = 0;
  private readonly tokens: readonly string[];

  constructor(private readonly query: string) {
    this.tokens = tokensOf(query);
  }

  get isAtEnd(): boolean {
    return this.at >= this.tokens.length;
  }

  peek(offset = 0): string {
    return this.tokens[this.at + offset] ?? '';
  }

  next(): string {
    const token = this.tokens[this.at] ?? this.fail();
    this.at += 1;
    return token;
  }

  /** Skips a token if it is the next one. */
  take(token: string): boolean {
    if (this.peek().toLowerCase() !== token) return false;
    this.at += 1;
    return true;
  }

  expect(token: string): void {
    if (!this.take(token)) this.fail();
  }

  fail(): never {
    throw new UserError(`The query cannot be read at "${this.peek() || 'its end'}": ${this.query}`);
  }
}
