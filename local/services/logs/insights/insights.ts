import { UserError } from '../../../host/user-error';
import { Reader } from './expression';
import { readStats } from './stats';
import { commandsOf, type Token, tokensOf } from './tokens';
import { compare, type Fields, fieldsOf, isTrue, type Value } from './values';

/** A line of a log. */
export interface LogLine {
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  readonly message: string;
}

export interface QueryResult {
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, Value>>[];
}

/** What the commands have made of the lines so far. */
interface State {
  readonly columns: readonly string[] | undefined;
  readonly lines: readonly Fields[];
}

type Command = (reader: Reader, state: State) => State;

/** The number of rows of a query without `limit`. */
const DEFAULT_LIMIT = 10_000;

/** Runs a query of CloudWatch Logs Insights. The logs of `SOURCE` are the caller's choice. */
export function runInsights(lines: readonly LogLine[], query: string): QueryResult {
  let state: State = {
    columns: undefined,
    lines: [...lines].sort((a, b) => a.timestamp - b.timestamp).map(fieldsOf),
  };
  for (const text of commandsOf(query)) {
    const [, name = '', rest = ''] = /^(\w+)\s*([^]*)$/.exec(text) ?? [];
    const command = COMMANDS[name.toLowerCase()];
    if (!command) throw new UserError(`The local Logs Insights does not know the command "${text}".`);
    const isParse = name.toLowerCase() === 'parse';
    const reader = new Reader(tokensOf(rest, (before) => isParse || isMatch(before)));
    state = command(reader, state);
    if (!reader.isAtEnd()) throw reader.error('the end of the command');
  }
  const columns = state.columns ?? ['@timestamp', '@message'];
  return {
    columns,
    rows: state.lines
      .slice(0, DEFAULT_LIMIT)
      .map((line) => Object.fromEntries(columns.map((column) => [column, line.get(column)]))),
  };
}

const isMatch = (before: Token | undefined): boolean => /^(?:like|=~)$/i.test(before?.text ?? '');

const COMMANDS: Readonly<Record<string, Command>> = {
  source: (reader, state) => {
    do reader.next('text', 'name');
    while (reader.take(','));
    return state;
  },
  fields: (reader, state) => withColumns(reader, state),
  display: (reader, state) => withColumns(reader, state),
  filter: (reader, state) => {
    const condition = reader.expression();
    return { ...state, lines: state.lines.filter((line) => isTrue(condition(line))) };
  },
  stats: (reader, { lines }) => {
    const { columns, groups } = readStats(reader);
    const byKey = new Map<string, { values: Value[]; lines: Fields[] }>();
    for (const line of lines) {
      const values = groups.map(({ of }) => of(line));
      const key = JSON.stringify(values.map((value) => value ?? null));
      const group = byKey.get(key) ?? { values, lines: [] };
      group.lines.push(line);
      byKey.set(key, group);
    }
    return {
      columns: [...groups, ...columns].map(({ name }) => name),
      lines: [...byKey.values()].map(
        (group) =>
          new Map<string, Value>([
            ...groups.map(({ name }, index) => [name, group.values[index]] as const),
            ...columns.map(({ name, value }) => [name, value(group.lines)] as const),
          ]),
      ),
    };
  },
  sort: (reader, state) => {
    const keys: ((a: Fields, b: Fields) => number)[] = [];
    do {
      const of = reader.expression();
      const sign = reader.take('desc', 'asc') === 'desc' ? -1 : 1;
      keys.push((a, b) => sign * compare(of(a), of(b)));
    } while (reader.take(','));
    const order = (a: Fields, b: Fields) => keys.map((key) => key(a, b)).find((each) => each !== 0) ?? 0;
    return { ...state, lines: [...state.lines].sort(order) };
  },
  limit: (reader, state) => ({ ...state, lines: state.lines.slice(0, Number(reader.next('number').text)) }),
  dedup: (reader, state) => {
    const seen = new Set<string>();
    const fields = [reader.expression()];
    while (reader.take(',')) fields.push(reader.expression());
    const isNew = (line: Fields) => {
      const key = JSON.stringify(fields.map((of) => of(line) ?? null));
      return !seen.has(key) && seen.add(key);
    };
    return { ...state, lines: state.lines.filter(isNew) };
  },
  parse: (reader, state) => {
    const of = reader.expression();
    const { kind, text } = reader.next('text', 'regex');
    const names: string[] = [];
    if (reader.take('as')) {
      do names.push(reader.next('name').text);
      while (reader.take(','));
    }
    const [flags, ...source] = text.split(':');
    const pattern = kind === 'regex' ? new RegExp(source.join(':'), flags) : globPattern(text);
    return {
      ...state,
      lines: state.lines.map((line) => withParsed(line, pattern.exec(String(of(line) ?? '')), names)),
    };
  },
};

function withColumns(reader: Reader, state: State): State {
  const columns: string[] = [];
  const computed: ((line: Fields) => readonly [string, Value])[] = [];
  do {
    const start = reader.position;
    const of = reader.expression();
    const text = reader.textSince(start);
    const name = reader.take('as') ? reader.next('name').text : text;
    columns.push(name);
    computed.push((line) => [name, of(line)]);
  } while (reader.take(','));
  const lines = state.lines.map((line) => new Map([...line, ...computed.map((each) => each(line))]));
  return { columns, lines };
}

/** Each `*` of a glob expression is a field. */
function globPattern(glob: string): RegExp {
  const parts = glob.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(parts.join('(.*?)') + (glob.endsWith('*') ? '$' : ''));
}

function withParsed(line: Fields, found: RegExpExecArray | null, names: readonly string[]): Fields {
  if (!found) return line;
  const named = Object.entries(found.groups ?? {});
  return new Map([...line, ...named, ...names.map((name, index) => [name, found[index + 1]] as const)]);
}
