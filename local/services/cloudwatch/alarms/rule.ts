import { UserError } from '../../../host/user-error';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** The rule of a composite alarm. */
export interface Rule {
  /** The alarms that the rule refers to. */
  readonly names: readonly string[];
  readonly isMet: (stateOf: (name: string) => AlarmState) => boolean;
}

type Predicate = Rule['isMet'];

const TOKEN = /\s*(ALARM|OK|INSUFFICIENT_DATA|AND|OR|NOT|TRUE|FALSE|[()]|"[^"]*"|[^\s()"]+)/y;
const STATES: readonly string[] = ['ALARM', 'OK', 'INSUFFICIENT_DATA'] satisfies AlarmState[];

/** Parses the rule of a composite alarm, such as `ALARM("a") AND NOT OK("b")`. */
export function parseRule(text: string): Rule {
  const parser = new Parser(text, tokensOf(text));
  const isMet = parser.parse();
  return { names: parser.names, isMet };
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const [, token] = TOKEN.exec(text) ?? [];
    if (token === undefined) throw new UserError(`The rule of an alarm cannot be read: ${text}`);
    tokens.push(token);
  }
  return tokens;
}

class Parser {
  readonly names: string[] = [];
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly tokens: readonly string[],
  ) {}

  parse(): Predicate {
    const predicate = this.any();
    if (this.at < this.tokens.length) this.fail();
    return predicate;
  }

  private any(): Predicate {
    const parts = [this.all()];
    while (this.take('OR')) parts.push(this.all());
    return (stateOf) => parts.some((isMet) => isMet(stateOf));
  }

  private all(): Predicate {
    const parts = [this.term()];
    while (this.take('AND')) parts.push(this.term());
    return (stateOf) => parts.every((isMet) => isMet(stateOf));
  }

  private term(): Predicate {
    if (this.take('NOT')) {
      const inner = this.term();
      return (stateOf) => !inner(stateOf);
    }
    if (this.take('TRUE')) return () => true;
    if (this.take('FALSE')) return () => false;
    if (this.take('(')) {
      const inner = this.any();
      if (!this.take(')')) this.fail();
      return inner;
    }
    const state = this.next();
    if (!STATES.includes(state) || !this.take('(')) this.fail();
    const name = this.next()
      .replace(/^"|"$/g, '')
      .replace(/^arn:.*:alarm:/, '');
    if (!this.take(')')) this.fail();
    this.names.push(name);
    return (stateOf) => stateOf(name) === state;
  }

  private take(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at += 1;
    return true;
  }

  private next(): string {
    const token = this.tokens[this.at] ?? this.fail();
    this.at += 1;
    return token;
  }

  private fail(): never {
    throw new UserError(`The rule of an alarm cannot be read: ${this.text}`);
  }
}
