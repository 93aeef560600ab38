import { UserError } from './user-error';

/** A small language, such as that of a filter pattern. */
export interface Language {
  /** The name of a text in this language, for errors: `filter pattern`. */
  readonly name: string;
  /** A sticky expression whose first group is the next token. It skips what comes before the token. */
  readonly token: RegExp;
  /** Returns the keyword or the operator that a token stands for. @default the token itself */
  readonly keywordOf?: (token: string) => string;
}

/** Reads the tokens of a text one after the other. All errors are a `UserError`. */
export class TokenReader {
  private at = 0;
  private readonly tokens: readonly string[];

  constructor(
    private readonly text: string,
    private readonly language: Language,
  ) {
    this.tokens = tokensOf(text, language);
  }

  get isAtEnd(): boolean {
    return this.at >= this.tokens.length;
  }

  /** Returns a token without skipping it; the empty text at the end. */
  peek(offset = 0): string {
    return this.tokens[this.at + offset] ?? '';
  }

  next(): string {
    const token = this.tokens[this.at] ?? this.fail();
    this.at += 1;
    return token;
  }

  /** Skips a keyword or an operator if it is the next one. */
  take(keyword: string): boolean {
    const { keywordOf = (token) => token } = this.language;
    if (this.isAtEnd || keywordOf(this.peek()) !== keyword) return false;
    this.at += 1;
    return true;
  }

  expect(keyword: string): void {
    if (!this.take(keyword)) this.fail();
  }

  /** Throws unless everything was read. */
  end(): void {
    if (!this.isAtEnd) this.fail();
  }

  fail(): never {
    throw new UserError(
      `The ${this.language.name} cannot be read at "${this.peek() || 'its end'}": ${this.text}`,
    );
  }
}

function tokensOf(text: string, { name, token: pattern }: Language): string[] {
  const tokens: string[] = [];
  const matcher = new RegExp(pattern);
  while (matcher.lastIndex < text.trimEnd().length) {
    const at = matcher.lastIndex;
    const [, token] = matcher.exec(text) ?? [];
    if (token === undefined)
      throw new UserError(`The ${name} cannot be read at "${text.slice(at).trim()}": ${text}`);
    tokens.push(token);
  }
  return tokens;
}
