import { compare, type Fields, numberOf, type Value } from './values';

type Run = (parameters: readonly Value[], fields: Fields) => Value;

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Reads a duration such as `5m`. */
export function milliseconds(text: string): number {
  const [, amount = '0', unit = 'ms'] = /^(\d+)(\w+)$/.exec(text) ?? [];
  return Number(amount) * (UNIT_MS[unit] ?? 1);
}

/** Writes a time as Logs Insights shows it. */
export const timeText = (timestamp: number): string =>
  new Date(timestamp).toISOString().replace('T', ' ').replace('Z', '');

const ofText =
  (run: (text: string, ...rest: readonly Value[]) => Value): Run =>
  ([value, ...rest]) =>
    value === undefined ? undefined : run(String(value), ...rest);

const ofNumber =
  (run: (number: number) => number): Run =>
  ([value]) => {
    const number = numberOf(value);
    return number === undefined ? undefined : run(number);
  };

const isPresent = (value: Value): boolean => value !== undefined && value !== '';

/** The functions of expressions, by their names in lower case. */
export const FUNCTIONS: Readonly<Record<string, Run>> = {
  ispresent: ([value]) => value !== undefined,
  isempty: ([value]) => !isPresent(value),
  isblank: ([value]) => value === undefined || String(value).trim() === '',
  coalesce: (values) => values.find((value) => value !== undefined),
  bin: ([size], fields) => {
    const at = numberOf(fields.get('@timestamp')) ?? 0;
    const ms = numberOf(size) ?? 1;
    return timeText(Math.floor(at / ms) * ms);
  },
  strlen: ofText((text) => text.length),
  tolower: ofText((text) => text.toLowerCase()),
  toupper: ofText((text) => text.toUpperCase()),
  trim: ofText((text) => text.trim()),
  substr: ofText((text, start, length) =>
    text.slice(
      numberOf(start) ?? 0,
      length === undefined ? undefined : (numberOf(start) ?? 0) + (numberOf(length) ?? 0),
    ),
  ),
  replace: ofText((text, from, to) => text.replaceAll(String(from), String(to))),
  strcontains: ofText((text, part) => Number(text.includes(String(part)))),
  concat: (values) => values.map((value) => String(value ?? '')).join(''),
  abs: ofNumber(Math.abs),
  ceil: ofNumber(Math.ceil),
  floor: ofNumber(Math.floor),
  sqrt: ofNumber(Math.sqrt),
  log: ofNumber(Math.log),
  greatest: (values) => [...values].sort(compare).at(-1),
  least: (values) => [...values].sort(compare)[0],
  frommillis: ofNumber((ms) => ms),
  tomillis: ofNumber((ms) => ms),
};
