import type { GERMAN_TEXTS } from './german';

/** An English text of the simulators. Each one has a translation. */
export type SimulatorText = keyof typeof GERMAN_TEXTS;

type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

/** The texts without values, such as titles of steps. */
export type PlainText = {
  [Text in SimulatorText]: [Placeholders<Text>] extends [never] ? Text : never;
}[SimulatorText];

type Values = Readonly<Record<string, string | number>>;

/** A text with the values of its placeholders. */
export interface Said {
  readonly text: SimulatorText;
  readonly values: Values;
}

/** Renders a text in a language. */
export type Translate = (said: Said) => string;

/** Returns a text with its values. */
export const say = <Text extends SimulatorText>(
  text: Text,
  ...[values]: [Placeholders<Text>] extends [never]
    ? []
    : [values: Readonly<Record<Placeholders<Text>, string | number>>]
): Said => ({ text, values: values ?? {} });

/** Returns a text with a value in the place of each placeholder. */
export const fill = (text: string, values: Values): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));

export const inEnglish: Translate = ({ text, values }) => fill(text, values);
