import { type Language, TokenReader } from '../../../host/token-reader';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** The rule of a composite alarm. */
export interface Rule {
  /** The alarms that the rule refers to. */
  readonly names: readonly string[];
  readonly isMet: (stateOf: (name: string) => AlarmState) => boolean;
}

type Predicate = Rule['isMet'];

const RULE: Language = {
  name: 'rule of an alarm',
  token: /\s*(ALARM|OK|INSUFFICIENT_DATA|AND|OR|NOT|TRUE|FALSE|[()]|"[^"]*"|[^\s()"]+)/y,
};
const STATES: readonly string[] = ['ALARM', 'OK', 'INSUFFICIENT_DATA'] satisfies AlarmState[];

/** Parses the rule of a composite alarm, such as `ALARM("a") AND NOT OK("b")`. */
export function parseRule(text: string): Rule {
  const parser = new Parser(new TokenReader(text, RULE));
  const isMet = parser.parse();
  return { names: parser.names, isMet };
}

class Parser {
  readonly names: string[] = [];

  constructor(private readonly tokens: TokenReader) {}

  parse(): Predicate {
    const predicate = this.any();
    this.tokens.end();
    return predicate;
  }

  private any(): Predicate {
    const parts = [this.all()];
    while (this.tokens.take('OR')) parts.push(this.all());
    return (stateOf) => parts.some((isMet) => isMet(stateOf));
  }

  private all(): Predicate {
    const parts = [this.term()];
    while (this.tokens.take('AND')) parts.push(this.term());
    return (stateOf) => parts.every((isMet) => isMet(stateOf));
  }

  private term(): Predicate {
    if (this.tokens.take('NOT')) {
      const inner = this.term();
      return (stateOf) => !inner(stateOf);
    }
    if (this.tokens.take('TRUE')) return () => true;
    if (this.tokens.take('FALSE')) return () => false;
    if (this.tokens.take('(')) {
      const inner = this.any();
      this.tokens.expect(')');
      return inner;
    }
    const state = this.tokens.next();
    if (!STATES.includes(state) || !this.tokens.take('(')) this.tokens.fail();
    const name = this.tokens
      .next()
      .replace(/^"|"$/g, '')
      .replace(/^arn:.*:alarm:/, '');
    this.tokens.expect(')');
    this.names.push(name);
    return (stateOf) => stateOf(name) === state;
  }
}
